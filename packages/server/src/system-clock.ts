import type { Clock } from '@millrace/contract'

/** The clock of the process. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
  defer(run) {
    setImmediate(run)
  },
}
