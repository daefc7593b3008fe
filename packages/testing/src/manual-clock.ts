import type { Cancel, Clock } from '@millrace/contract'

export interface ManualClock extends Clock {
  /** Runs deferred work, that which it defers in turn included. */
  flush(): void
  /**
   * Lets time pass. Timers run at their own instant, those of one instant in the order in which they were set, and
   * deferred work runs before time moves on, as in Node.
   */
  advance(ms: number): void
  /** Wall time jumps, as after an operator set the clock; monotonic time and timers do not notice. */
  jump(ms: number): void
  /** Timers that are set. */
  readonly timerCount: number
  /** How long until the next timer is due, ms; 0 where it is overdue, undefined where none is set. */
  readonly untilNextMs: number | undefined
}

export interface ManualClockOptions {
  /** Wall time at the start, ms since 1970. Default 2026-01-01T00:00:00Z. */
  readonly startMs?: number
  /** Takes deferred work instead of `flush`; `setImmediate` for code that waits for real IO. */
  readonly defer?: (run: () => void) => void
}

interface Timer {
  readonly dueMs: number
  readonly run: () => void
}

export function manualClock(options: ManualClockOptions = {}): ManualClock {
  /** Added to monotonic time: a sum of many steps would drift where timers are due at fractions. */
  let originMs = options.startMs ?? Date.UTC(2026, 0, 1)
  let monotonicMs = 0
  let deferred: (() => void)[] = []
  const timers = new Set<Timer>()

  const flush = (): void => {
    while (deferred.length > 0) {
      const runs = deferred
      deferred = []
      for (const run of runs) run()
    }
  }
  const passTo = (ms: number): void => {
    monotonicMs = ms
  }
  // The set keeps the order of insertion, so that the first of equals is the one that was set first.
  const nextTimer = (untilMs: number): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers)
      if (timer.dueMs <= untilMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer
    return next
  }

  return {
    now: () => originMs + monotonicMs,
    monotonic: () => monotonicMs,
    after(delayMs, run): Cancel {
      const timer = { dueMs: monotonicMs + Math.max(0, delayMs), run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    defer: options.defer ?? ((run) => deferred.push(run)),
    flush,
    advance(ms) {
      const untilMs = monotonicMs + ms
      flush()
      for (let timer = nextTimer(untilMs); timer !== undefined; timer = nextTimer(untilMs)) {
        timers.delete(timer)
        passTo(Math.max(timer.dueMs, monotonicMs))
        timer.run()
        flush()
      }
      passTo(untilMs)
    },
    jump(ms) {
      originMs += ms
    },
    get timerCount() {
      return timers.size
    },
    get untilNextMs() {
      const next = nextTimer(Infinity)
      return next && Math.max(0, next.dueMs - monotonicMs)
    },
  }
}
