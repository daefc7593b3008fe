import type { Clock } from '@millrace/contract'

/** Time of the machine. Its timers keep a Node process alive: a program that awaits a reconnect must not end meanwhile. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(delayMs, maxTimeoutMs))
    return () => clearTimeout(timer)
  },
  defer: (run) => void setTimeout(run, 0),
}

/** `setTimeout` takes 31 bits and fires at once beyond; 24 days are as good as never. */
const maxTimeoutMs = 2 ** 31 - 1
