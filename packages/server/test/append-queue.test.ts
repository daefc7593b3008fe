import { expect, it } from 'vitest'
import type { Sample, TimeSeries } from '@millrace/server'
import { AppendQueue } from '../src/series/append-queue.ts'

const plan = { stepMs: 1_000, retentionMs: 60_000, maxTracks: 10 }

function samples(count: number): Sample[] {
  return Array.from({ length: count }, (_, at) => ({ track: 'v a', at, value: 0 }))
}

it('[SER35] appends that wait for a slow store are bounded, and one larger than a batch goes alone', async () => {
  const deferred: (() => void)[] = []
  const clock = { defer: (run: () => void) => void deferred.push(run) }
  const batches: number[] = []
  let idle = 0
  const series: Pick<TimeSeries, 'append'> = {
    append: async (_, batch) => {
      batches.push(batch.length)
      return { position: { epoch: 'e', version: batches.length }, refused: [{ index: batch.length - 1, why: 'full' }] }
    },
  }
  const queue = new AppendQueue(clock, series, 'load', plan, () => idle++)
  const outcomes = [3, 6_000, 94_000].map((count) => queue.add(samples(count)))
  expect(() => queue.add(samples(1))).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
  for (const run of deferred) run()
  expect(await Promise.all(outcomes)).toEqual(['full', 'full', 'full'])
  expect(batches).toEqual([3, 6_000, 94_000])
  await Promise.resolve()
  expect(idle).toBe(1)
})
