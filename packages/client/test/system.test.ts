import { afterEach, expect, test, vi } from 'vitest'
import { systemClock, systemRandom } from '@millrace/client'
import { systemWake } from '../src/system-wake.ts'

afterEach(() => void vi.useRealTimers())

test('[CLI9] the network, a page that is seen again and a clock that jumps are a wake', () => {
  vi.useFakeTimers()
  const page = Object.assign(new EventTarget(), { document: { visibilityState: 'visible' } })
  let wakes = 0
  const off = systemWake(page).subscribe(() => (wakes += 1))
  for (const type of ['online', 'pageshow', 'visibilitychange']) page.dispatchEvent(new Event(type))
  expect(wakes).toBe(3)
  page.document.visibilityState = 'hidden'
  page.dispatchEvent(new Event('visibilitychange'))
  expect(wakes).toBe(3)
  vi.advanceTimersByTime(60_000)
  expect(wakes).toBe(3)
  vi.setSystemTime(Date.now() + 15_001)
  vi.advanceTimersByTime(5_000)
  expect(wakes).toBe(4)
  off()
  page.dispatchEvent(new Event('online'))
  expect(vi.getTimerCount()).toBe(0)
  expect(wakes).toBe(4)
})

test('[CLI9] a process without a page wakes by its clock alone', () => {
  vi.useFakeTimers()
  let wakes = 0
  const off = systemWake({}).subscribe(() => (wakes += 1))
  vi.setSystemTime(Date.now() + 60_000)
  vi.advanceTimersByTime(5_000)
  expect(wakes).toBe(1)
  off()
})

test('[CLI13] ids are 64 random bits in base64url', () => {
  const ids = Array.from({ length: 500 }, () => systemRandom.id())
  expect(new Set(ids).size).toBe(500)
  for (const id of ids) {
    expect(id).toMatch(/^[\w-]{11}$/)
    expect(Buffer.from(id, 'base64url')).toHaveLength(8)
  }
  expect(systemRandom.fraction()).toBeLessThan(1)
})

test('[CLI15] timers of the clock can be cancelled, and never overflow', async () => {
  const run: string[] = []
  systemClock.after(2 ** 40, () => run.push('years later'))()
  systemClock.after(0, () => run.push('cancelled'))()
  const stop = systemClock.after(2 ** 40, () => run.push('years later'))
  await new Promise<void>((resolve) => systemClock.defer(resolve))
  await new Promise<void>((resolve) => void systemClock.after(5, resolve))
  stop()
  expect(run).toEqual([])
  expect(systemClock.monotonic()).toBeGreaterThan(0)
  expect(systemClock.now()).toBeGreaterThan(1_700_000_000_000)
})
