import type { Random } from '@millrace/contract'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batchMs, perBatch, sizeOfBatch, spread } from '../src/drain-pace.ts'

/** Mulberry32 (Tommy Ettinger, public domain). */
function seededRandom(seed: number): Random {
  let state = seed | 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { fraction, id: () => String(fraction()) }
}

/** When each of `connections` clients is told to come back, ms from the first batch. */
function planOf(connections: number, seed: number, overMs?: number): number[] {
  const random = seededRandom(seed)
  const mean = perBatch(connections, overMs)
  const times: number[] = []
  for (let batch = 0; times.length < connections; batch++) {
    const size = Math.min(sizeOfBatch(mean, batch), connections - times.length)
    times.push(...spread(size, random).map((pauseMs) => batch * batchMs + pauseMs))
  }
  return times
}

/** The most in any 1,000 ms, and the mean of the seconds from the first to the last. */
function rates(times: readonly number[]): { most: number; mean: number } {
  const sorted = times.toSorted((a, b) => a - b)
  let [most, from] = [0, 0]
  sorted.forEach((time, index) => {
    while (time - sorted[from]! >= 1_000) from++
    most = Math.max(most, index - from + 1)
  })
  const seconds = Math.max(1_000, sorted[sorted.length - 1]! - sorted[0]!) / 1_000
  return { most, mean: times.length / seconds }
}

const anyDrain = [
  fc.integer({ min: 1, max: 5_000 }),
  fc.integer(),
  fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
] as const

it('[DRN11, P11] no second has more than twice the mean, whatever the number, the seed and the time', () => {
  fc.assert(
    fc.property(...anyDrain, (connections, seed, overMs) => {
      const { most, mean } = rates(planOf(connections, seed, overMs))
      expect(most).toBeLessThanOrEqual(2 * mean)
    }),
    { numRuns: 300 },
  )
})

it('[DRN11] nor where each client adds a pause of its own, uniform from 500 to 1,000 ms', () => {
  fc.assert(
    fc.property(...anyDrain, (connections, seed, overMs) => {
      const own = seededRandom(seed + 1)
      const times = planOf(connections, seed, overMs).map((time) => time + 500 + Math.floor(own.fraction() * 500))
      const { most, mean } = rates(times)
      expect(most).toBeLessThanOrEqual(2 * mean)
    }),
    { numRuns: 300 },
  )
})

it('[DRN10] takes 10 ms for each connection, 20 s at most, and as long as it is told', () => {
  const lastOf = (connections: number, overMs?: number) => planOf(connections, 1, overMs).at(-1) ?? 0
  const cases = [
    [1_000, undefined, 10_000],
    [100_000, undefined, 20_000],
    [1_000, 30_000, 30_000],
    [1_000, 0, 0],
    [1, undefined, 0],
  ] as const
  for (const [connections, overMs, expectedMs] of cases) {
    const lastMs = lastOf(connections, overMs)
    expect([connections, overMs, Math.abs(lastMs - expectedMs) <= batchMs]).toEqual([connections, overMs, true])
  }
})

it('[DRN10] moves 8 in a second at least, however much time it is given', () => {
  for (const connections of [2, 16, 80]) {
    const lastMs = planOf(connections, 1, 3_600_000).at(-1) ?? 0
    expect(lastMs).toBeLessThanOrEqual(connections * 125)
    expect(lastMs).toBeGreaterThan((connections - 2) * 125)
  }
})

it('[DRN8] the pauses of a batch are in order, each in its own part of the time until the next', () => {
  const pauses = spread(10, seededRandom(7))
  expect(pauses.map((pauseMs) => Math.floor(pauseMs / (batchMs / 10)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
