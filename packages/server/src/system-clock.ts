import type { Clock } from '@millrace/contract'

/** The clock of the process. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(delayMs, maxTimeoutMs))
    timer.unref()
    return () => clearTimeout(timer)
  },
  defer(run) {
    setImmediate(run)
  },
}

/** `setTimeout` takes 31 bits and fires at once beyond; 24 days are as good as never. */
const maxTimeoutMs = 2 ** 31 - 1
