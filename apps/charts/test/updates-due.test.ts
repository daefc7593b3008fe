import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UpdatesDue } from '../market/updates-due.ts'

const start = 1_800_000_000_000

it.each([1, 3, 500, 9_999, 10_000])('[CHT13] makes %i updates a second, however its moments fall', (rate) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 50 }), (pauses) => {
      const due = new UpdatesDue(300, start)
      let now = start
      let count = 0
      for (const pauseMs of pauses) count += due.take((now += pauseMs), rate).length
      expect(Math.abs(count - ((now - start) / 1_000) * rate)).toBeLessThan(1.001)
    }),
    { numRuns: 30 },
  )
})

it('[CHT13] serves all symbols equally often, in time', () => {
  const due = new UpdatesDue(300, start)
  const updates = [20, 40, 1_000, 1_500].flatMap((ms) => due.take(start + ms, 2_000))
  const counts = Array.from({ length: 300 }, (_, index) => updates.filter(({ symbol }) => symbol === index).length)
  expect(updates).toHaveLength(3_000)
  expect(new Set(counts)).toEqual(new Set([10]))
  const times = updates.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times.every((at) => Number.isInteger(at) && at > start && at <= start + 1_500)).toBe(true)
})

it('[CHT13] makes up for no more than a second', () => {
  const due = new UpdatesDue(300, start)
  const updates = due.take(start + 60_000, 100)
  expect(updates).toHaveLength(100)
  expect(updates[0]?.at).toBeGreaterThan(start + 59_000)
})

it('[CHT13] waits for a clock that was set back', () => {
  const due = new UpdatesDue(300, start)
  expect(due.take(start + 500, 100)).toHaveLength(50)
  expect(due.take(start - 60_000, 100)).toEqual([])
  expect(due.take(start + 500, 100)).toEqual([])
  expect(due.take(start + 600, 100)).toHaveLength(10)
})
