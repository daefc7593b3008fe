import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Flusher } from '../src/flusher.ts'
import { systemClock } from '../src/system-clock.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[SER46] a pace that is slower than the longest timer is not taken for the fastest', () => {
  const flush = vi.fn<() => void>()
  const flusher = new Flusher(systemClock, (error) => expect.unreachable(String(error)))
  for (const fps of [1e-7, 1e-300]) flusher.mark({ flushMs: 1_000 / fps, flush })
  vi.advanceTimersByTime(86_400_000)
  expect(flush).not.toHaveBeenCalled()
})
