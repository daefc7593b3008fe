import type { Clock } from '@millrace/contract'

/** Resolves after `delayMs`, or as soon as `signal` is aborted. */
export function pause(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return within(clock, new Promise(() => {}), delayMs, signal)
}

/** Resolves when `promise` has settled, however, but after `delayMs` at the latest, and as soon as `signal` is aborted. */
export function within(clock: Clock, promise: Promise<unknown>, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = (): void => {
      cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(delayMs, done)
    signal?.addEventListener('abort', done)
    promise.then(done, done)
  })
}
