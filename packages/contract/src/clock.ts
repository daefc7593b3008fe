/** Time as the core sees it. The system's clock lives at the composition roots, a manual one in `@millrace/testing`. */
export interface Clock {
  /** Wall time in ms since 1970. May jump. */
  now(): number
  /** Monotonic ms since an arbitrary start. For deadlines and durations. */
  monotonic(): number
  /** Calls `run` once after `delayMs`; the answer cancels it. Does not keep a process alive. */
  after(delayMs: number, run: () => void): Cancel
  /** Calls `run` once, when the work of this tick is done (`setImmediate` in Node). */
  defer(run: () => void): void
}

export type Cancel = () => void
