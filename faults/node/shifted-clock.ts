import { systemClock } from '@millrace/client'
import type { Clock } from '@millrace/contract'

/** A machine whose wall clock is wrong; its timers and durations are right. */
export function shiftedClock(offsetMs: number): Clock {
  return { ...systemClock, now: () => systemClock.now() + offsetMs }
}
