import { array, assert, asyncProperty, constantFrom, double, integer, oneof, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseLevel, levelsOf, type Sample, type TimeSeries } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { columnsOf, extremesOf, plan, pointsOf, type Point } from './series-samples.ts'

const trackNames = ['price a', 'price b', 'size a'] as const

interface Step {
  readonly samples: readonly { readonly track: string; readonly afterMs: number; readonly value: number }[]
}

/** Few different values, so that least and greatest are often equal ones. */
const values = oneof(integer({ min: -3, max: 3 }), double({ noNaN: true, noDefaultInfinity: true }))
const gaps = oneof(integer({ min: 0, max: 3 }), integer({ min: 0, max: 2_500 }), integer({ min: 0, max: 400_000 }))

const steps = array(
  record<Step>({
    samples: array(record({ track: constantFrom(...trackNames), afterMs: gaps, value: values.map(positiveZero) }), {
      minLength: 1,
      maxLength: 40,
    }),
  }),
  { minLength: 1, maxLength: 12 },
)

const queries = array(
  record({
    bucketMs: oneof(constantFrom(...levelsOf(plan), 1, 180_000), integer({ min: 1, max: 5_000_000 })),
    fromShare: double({ min: 0, max: 1, noNaN: true }),
    toShare: double({ min: 0, max: 1, noNaN: true }),
    isAll: constantFrom(true, false),
  }),
  { minLength: 1, maxLength: 8 },
)

function positiveZero(value: number): number {
  return value + 0
}

/** Random appends and queries against a plain list. `runs` is how many; fewer for a store that does real IO. */
export function timeSeriesModelSuite(name: string, createFixture: CreateStoreFixture, runs: number): void {
  describe(`time series model: ${name}`, () => {
    it('[SER2] answers as a plain list would, thinned', async () => {
      await using fixture = await createFixture()
      const { series } = await fixture.open()
      const end = fixture.clock.now()
      let run = 0
      await assert(
        asyncProperty(steps, queries, async (taken, asked) => {
          const name = `model ${run++}`
          const all = await appendAll(series, name, taken, end)
          for (const query of asked) await judge(series, name, all, query)
        }),
        { numRuns: runs, seed: 7 },
      )
    })
  })
}

/** Appends step by step, the last sample of all at `end` or before; returns the naive lists. */
async function appendAll(
  series: TimeSeries,
  name: string,
  steps: readonly Step[],
  end: number,
): Promise<Map<string, Point[]>> {
  const lists = new Map<string, Point[]>(trackNames.map((track) => [track, []]))
  const length = steps.flatMap(({ samples }) => samples).reduce((total, { afterMs }) => total + afterMs, 0)
  let at = end - Math.min(length, plan.retentionMs - 60_000)
  for (const { samples } of steps) {
    const batch = samples.map(({ track, afterMs, value }): Sample => {
      at = Math.min(end, at + afterMs)
      lists.get(track)?.push([at, value])
      return { track, at, value }
    })
    expect((await series.append(name, batch, plan)).refused).toEqual([])
  }
  return lists
}

async function judge(
  series: TimeSeries,
  name: string,
  lists: ReadonlyMap<string, readonly Point[]>,
  { bucketMs, fromShare, toShare, isAll }: { bucketMs: number; fromShare: number; toShare: number; isAll: boolean },
): Promise<void> {
  const times = [...lists.values()].flat().map(([at]) => at)
  const [oldest, newest] = [Math.min(...times), Math.max(...times)]
  const from = isAll ? oldest : Math.floor(oldest + fromShare * (newest - oldest))
  const to = isAll ? newest : Math.floor(from + toShare * (newest - from))
  const page = await series.read(name, { tracks: trackNames, from, to, bucketMs }, plan)
  trackNames.forEach((track, index) => {
    const answered = pointsOf(page.tracks[index])
    const real = (lists.get(track) ?? []).filter(([at]) => at >= from && at <= to)
    expect(answered.filter((point) => !real.some(equals(point)))).toEqual([])
    expect(answered.map(([at]) => at)).toEqual(answered.map(([at]) => at).toSorted((a, b) => a - b))
    const levels = levelsOf(plan)
    const widthMs = levels[chooseLevel(levels, bucketMs, plan, 0)] as number
    judgeColumns(real, answered, bucketMs % widthMs === 0 ? bucketMs : undefined, { from, to })
    if (isAll && real.length > 0) {
      const { least, greatest } = extremesOf(real)
      expect(extremesOf(answered)).toMatchObject({ least, greatest })
    }
  })
}

/** Columns that lie within the window show what a plain list would; where a rollup's do not divide them only extremes are exact. */
function judgeColumns(
  real: readonly Point[],
  answered: readonly Point[],
  columnMs: number | undefined,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (columnMs === undefined) return
  const shown = columnsOf(answered, columnMs)
  for (const [column, points] of columnsOf(real, columnMs)) {
    if (column * columnMs < from || (column + 1) * columnMs - 1 > to) continue
    expect(extremesOf(shown.get(column) ?? [])).toEqual(extremesOf(points))
  }
}

function equals([at, value]: Point): (point: Point) => boolean {
  return (point) => point[0] === at && point[1] === value
}
