import { describe, expect, it } from 'vitest'
import type { Sample, SeriesPosition, TimeSeries } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { columnsOf, extremesOf, plan, pointsOf, samplesOf, type Point } from './series-samples.ts'

/** A minute, an hour. */
const [minute, hour] = [60_000, 3_600_000]
const everything = { from: -Infinity, to: Number.MAX_SAFE_INTEGER }

async function readOne(series: TimeSeries, track: string, bucketMs = 1, name = 'cpu'): Promise<Point[]> {
  const page = await series.read(name, { ...everything, tracks: [track], bucketMs }, plan)
  return pointsOf(page.tracks[0])
}

/** The rules of `TimeSeries` (docs/spec/series.md) as tests of one implementation. */
export function timeSeriesSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`time series: ${name}`, () => {
    it('[SER1] keeps the first, least, greatest and last of a step with their own times', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const start = fixture.clock.now() - minute
      const values = [3, 5, 1, 4, 9, 2, 6]
      const points = values.map((value, index): Point => [start + 100 * index, value])
      const next: Point[] = [
        [start + 1_000, 7.25],
        [start + 2_500, -1e300],
      ]
      await series.append('cpu', samplesOf('v a', points), plan)
      await series.append('cpu', samplesOf('v a', next), plan)
      const kept = [0, 2, 4, 6].map((index) => points[index])
      expect(await readOne(series, 'v a')).toEqual([...kept, ...next])
      expect(await readOne(series, 'v a', 10_000)).toEqual([points[0], points[4], next[1]])
    })

    it('[SER3] answers each track that is asked for, between both ends', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const start = fixture.clock.now() - minute
      const points = [0, 1_000, 2_000, 3_000].map((ms): Point => [start + ms, ms])
      await series.append('cpu', [...samplesOf('v a', points), ...samplesOf('w a\0 b', points.slice(1))], plan)
      const query = {
        tracks: ['w a\0 b', 'none', 'v a', 'v a'],
        from: start + 1_000,
        to: start + 2_000,
        bucketMs: 1_000,
      }
      const page = await series.read('cpu', query, plan)
      const between = points.slice(1, 3)
      expect(page.tracks.map(pointsOf)).toEqual([between, [], between, between])
      expect((await series.read('other', query, plan)).tracks.map(pointsOf)).toEqual([[], [], [], []])
    })

    it('[SER4] refuses what is older than the newest of its track, and stores the rest', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const start = fixture.clock.now() - minute
      await series.append('cpu', samplesOf('v a', [[start, 1]]), plan)
      const samples: Sample[] = [
        { track: 'v a', at: start - 1, value: 0 },
        { track: 'v b', at: start - 1, value: 5 },
        { track: 'v a', at: start, value: 2 },
        { track: 'v a', at: start + 10, value: 0 },
        { track: 'v a', at: start + 9, value: 4 },
      ]
      const { refused } = await series.append('cpu', samples, plan)
      expect(refused).toEqual([
        { index: 0, why: 'backwards' },
        { index: 4, why: 'backwards' },
      ])
      expect(await readOne(series, 'v a')).toEqual([
        [start, 1],
        [start, 2],
        [start + 10, 0],
      ])
      expect(await readOne(series, 'v b')).toEqual([[start - 1, 5]])
    })

    it('[SER5] stores once what is sent twice', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const start = fixture.clock.now() - minute
      const samples = samplesOf('v a', [
        [start, 1],
        [start + 700, 3],
        [start + 700, 2],
      ])
      const first = await series.append('cpu', samples, plan)
      expect(first.refused).toEqual([])
      const again = await series.append('cpu', samples.slice(2), plan)
      expect(again).toEqual({ position: first.position, refused: [] })
      expect((await series.append('cpu', samples.slice(0, 1), plan)).position).toEqual(first.position)
      expect(await readOne(series, 'v a')).toHaveLength(3)
    })

    it('[SER6] refuses tracks above maxTracks, until one has expired', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const small = { ...plan, maxTracks: 2, retentionMs: hour }
      const append = (track: string) => series.append('cpu', samplesOf(track, [[fixture.clock.now(), 1]]), small)
      await append('v a')
      fixture.clock.advance(hour - minute)
      await append('v b')
      expect((await append('v c')).refused).toEqual([{ index: 0, why: 'full' }])
      expect((await append('v b')).refused).toEqual([])
      fixture.clock.advance(2 * minute)
      expect((await append('v c')).refused).toEqual([])
      expect((await append('v d')).refused).toEqual([{ index: 0, why: 'full' }])
    })

    it('[SER6] keeps what is appended to an expired track together with a new one that takes its place', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const small = { ...plan, maxTracks: 2, retentionMs: hour }
      const samples = (...tracks: string[]) => tracks.flatMap((track) => samplesOf(track, [[fixture.clock.now(), 1]]))
      await series.append('cpu', samples('v a', 'v b'), small)
      fixture.clock.advance(hour + minute)
      const { refused } = await series.append('cpu', samples('v c', 'v a'), small)
      expect(refused).toEqual([])
      const page = await series.read('cpu', { ...everything, tracks: ['v c', 'v a'], bucketMs: 1 }, small)
      expect(page.tracks.map(pointsOf)).toEqual([[[fixture.clock.now(), 1]], [[fixture.clock.now(), 1]]])
    })

    it('[SER7] makes one version of each append that stored something', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const start = fixture.clock.now() - minute
      const read = () => series.read('cpu', { ...everything, tracks: ['v a'], bucketMs: 1 }, plan)
      const empty = (await read()).position
      expect(empty).toEqual({ epoch: expect.stringMatching(/^[\w-]{11}$/), version: 0 })
      const two = samplesOf('v a', [
        [start, 1],
        [start + 1, 2],
      ])
      expect((await series.append('cpu', two, plan)).position).toEqual({ ...empty, version: 1 })
      const back = samplesOf('v a', [[start - 1, 1]])
      expect((await series.append('cpu', back, plan)).position).toEqual({ ...empty, version: 1 })
      expect((await series.append('cpu', [], plan)).position).toEqual({ ...empty, version: 1 })
      const both = [...back, ...samplesOf('v b', [[start, 0]])]
      expect((await series.append('cpu', both, plan)).position).toEqual({ ...empty, version: 2 })
      expect((await read()).position).toEqual({ ...empty, version: 2 })
    })

    it('[SER8] tells subscribers what each later append stored', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const other = (await fixture.open()).series
      const start = fixture.clock.now() - minute
      const append = (points: readonly Point[]) => series.append('cpu', samplesOf('v \0"ü', points), plan)
      await append([[start, 1]])
      const heard: { readonly samples: readonly Sample[]; readonly position: SeriesPosition }[] = []
      const listener = {
        samples: (samples: readonly Sample[], position: SeriesPosition) => heard.push({ samples, position }),
      }
      const subscription = await other.subscribe('cpu', listener)
      const told: readonly Point[] = [
        [start + 1, 0.1],
        [start + 2, -1e-300],
        [start + 2, 1e300],
      ]
      const appended = [
        await append(told),
        await append([
          [start, 1],
          [start + 3, 4],
        ]),
      ]
      await append([[start, 1]])
      await series.append('other', samplesOf('v a', [[start, 1]]), plan)
      await fixture.settle()
      await subscription.close()
      await append([[start + 4, 5]])
      await fixture.settle()
      expect(heard).toEqual([
        { samples: samplesOf('v \0"ü', told), position: appended[0]?.position },
        { samples: samplesOf('v \0"ü', [[start + 3, 4]]), position: appended[1]?.position },
      ])
    })

    it('[SER9] does not answer what is older than the retention', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const small = { ...plan, retentionMs: hour }
      const start = fixture.clock.now()
      const points = Array.from({ length: 60 }, (_, index): Point => [start + index * minute, index])
      for (const point of points) {
        await series.append('cpu', samplesOf('v a', [point]), small)
        fixture.clock.advance(minute)
      }
      fixture.clock.advance(30 * minute - 1)
      for (const bucketMs of [1, 10_000, minute]) {
        const page = await series.read('cpu', { ...everything, tracks: ['v a'], bucketMs }, small)
        expect(pointsOf(page.tracks[0])).toEqual(points.slice(30))
      }
      fixture.clock.advance(hour)
      const page = await series.read('cpu', { ...everything, tracks: ['v a'], bucketMs: 1 }, small)
      expect(pointsOf(page.tracks[0])).toEqual([])
    })

    it('[SER12] keeps the finest rollup for less time than the others where the plan says so', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const short = { ...plan, retentionMs: 4 * hour, stepRetentionMs: 10 * minute }
      const start = fixture.clock.now()
      const points = Array.from({ length: 3_600 }, (_, index): Point => [
        start + 2_000 * index,
        Math.sin(index * index),
      ])
      for (let index = 0; index < points.length; index += 600) {
        fixture.clock.advance(1_200_000)
        await series.append('cpu', samplesOf('v a', points.slice(index, index + 600)), short)
      }
      const now = fixture.clock.now()
      const readFrom = async (from: number): Promise<Point[]> => {
        const page = await series.read('cpu', { tracks: ['v a'], from, to: now, bucketMs: 1 }, short)
        return pointsOf(page.tracks[0])
      }
      const since = (at: number): Point[] => points.filter(([time]) => time >= at)
      expect(await readFrom(now - 9 * minute)).toEqual(since(now - 9 * minute))
      // All five samples of 10 s are there only where steps are.
      const all = await readFrom(0)
      expect(all.length).toBeLessThanOrEqual((points.length / 5) * 4)
      expect(all.filter((point) => !points.some(([at, value]) => at === point[0] && value === point[1]))).toEqual([])
      for (const [column, held] of columnsOf(all, 10_000)) {
        const real = columnsOf(points, 10_000).get(column) ?? []
        expect(extremesOf(held)).toEqual(extremesOf(real))
      }
    })

    it('[SER11] keeps series while nobody has the store open, and refuses once closed', async () => {
      await using fixture = await createFixture()
      const store = await fixture.open()
      const start = fixture.clock.now() - hour
      const points = Array.from({ length: 100 }, (_, index): Point => [start + 700 * index, Math.sin(index)])
      const { position } = await store.series.append('cpu', samplesOf('v a', points), plan)
      const widths = [1_000, 10_000, minute]
      const before = await Promise.all(widths.map((bucketMs) => readOne(store.series, 'v a', bucketMs)))
      await store.close()
      await expect(store.series.append('cpu', [], plan)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await expect(readOne(store.series, 'v a')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await expect(store.series.subscribe('cpu', { samples: () => undefined })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      })
      const { series } = await fixture.open()
      expect(await Promise.all(widths.map((bucketMs) => readOne(series, 'v a', bucketMs)))).toEqual(before)
      const later = await series.append(
        'cpu',
        samplesOf('v a', [
          [start, 1],
          [start + 100_000, 1],
        ]),
        plan,
      )
      expect(later).toEqual({
        position: { ...position, version: position.version + 1 },
        refused: [{ index: 0, why: 'backwards' }],
      })
    })
  })
}
