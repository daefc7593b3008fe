import type { Clock } from '@millrace/contract'

/** Wall time in whole ms, as machines have it: in a pair the timers of clients are due at fractions. */
export function inWholeMs(clock: () => Clock): Clock {
  return {
    now: () => Math.floor(clock().now()),
    monotonic: () => clock().monotonic(),
    after: (ms, run) => clock().after(ms, run),
    defer: (run) => clock().defer(run),
  }
}
