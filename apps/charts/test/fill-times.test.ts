import { expect, it } from 'vitest'
import { fillTimes } from '../market/fill-times.ts'

const now = Date.UTC(2026, 10, 20, 12, 0, 0, 500)
const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000]

function gaps(times: readonly number[]): number[] {
  return times.slice(1).map((at, index) => at - (times[index] ?? 0))
}

it('[CHT15] fills in a day, finer towards now', () => {
  const times = fillTimes(0, now)
  expect(times[0]).toBeGreaterThan(now - dayMs)
  expect(times[0]).toBeLessThan(now - dayMs + 21 * minuteMs)
  expect(times.at(-1)).toBeLessThan(now)
  expect(times.at(-1)).toBeGreaterThanOrEqual(now - 5_500)
  expect(Math.max(...gaps(times.filter((at) => at < now - hourMs)))).toBe(10 * minuteMs)
  expect(Math.max(...gaps(times.filter((at) => at > now - hourMs + 10 * minuteMs)))).toBe(15_000)
  expect(Math.max(...gaps(times.filter((at) => at > now - 5 * minuteMs + 30_000)))).toBe(5_000)
  expect(Math.min(...gaps(times))).toBeGreaterThan(0)
})

it('[CHT15] goes on after what is there', () => {
  const since = now - 30 * minuteMs
  const times = fillTimes(since, now)
  expect(times[0]).toBeGreaterThan(since)
  expect(times[0]).toBeLessThanOrEqual(since + 30_000)
  expect(fillTimes(now - 1_000, now).length).toBeLessThanOrEqual(1)
  expect(fillTimes(now, now)).toEqual([])
  expect(fillTimes(now + hourMs, now)).toEqual([])
})
