import { describe, expect, it } from 'vitest'
import { levelsOf, readTracks, Track } from '@millrace/server/series'
import { encodePoints } from '../src/series/encode-view.ts'

const plan = { stepMs: 1_000, retentionMs: 3_600_000 }
const now = 1_700_000_000_000

/** Its steps are those of the generator of Park and Miller, CACM 31 (1988). */
function wanderer(seed: number, samples: number): Track {
  const track = new Track(levelsOf(plan), plan)
  let [value, step] = [0, seed]
  for (let index = samples; index > 0; index--) {
    step = (step * 48_271) % 0x7fff_ffff
    track.add(now - index * 700, (value += step / 0x7fff_ffff - 0.5))
  }
  return track
}

const tracks = [wanderer(1, 4_000), undefined, wanderer(2, 0), wanderer(3, 1), wanderer(4, 300)]

describe('reading many tracks', () => {
  it.each([
    ['everything, one column', { from: 0, to: now, bucketMs: 4_000_000 }],
    ['columns of 7 s', { from: now - 2_000_000, to: now, bucketMs: 7_000 }],
    ['columns as wide as a sample', { from: now - 60_000, to: now - 10_000, bucketMs: 700 }],
    ['before there was anything', { from: 0, to: 1_000, bucketMs: 100 }],
  ])('[SER2] gives what each gives alone, and its bytes are those of all: %s', (_, query) => {
    const together = readTracks(tracks, query)
    const alone = tracks.map((track) => track?.read(query) ?? new Float64Array())
    expect(together).toEqual(alone)
    const { counts, data } = encodePoints(together)
    expect(counts).toEqual(alone.map((points) => points.length / 2))
    expect(
      Buffer.from(data).equals(
        Buffer.concat(alone.map((points) => Buffer.from(points.buffer, points.byteOffset, points.byteLength))),
      ),
    ).toBe(true)
  })
})
