import type { Clock } from '@millrace/contract'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #time = 0
  /** By how much the wall clock is ahead of the monotonic one. */
  #slept = 0
  readonly #timers = new Set<Timer>()
  readonly #deferred: (() => void)[] = []

  get timers(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#time + this.#slept
  }

  monotonic(): number {
    return this.#time
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#time + delayMs, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  defer(run: () => void): void {
    this.#deferred.push(run)
  }

  /** Runs everything that is due within the next `ms`, in order of time. */
  advance(ms: number): void {
    const end = this.#time + ms
    for (;;) {
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers.delete(next)
      this.#time = Math.max(this.#time, next.at)
      next.run()
    }
    this.#time = end
  }

  /** Only the wall clock goes on, as on machines whose monotonic clock stands still while they sleep. */
  sleep(ms: number): void {
    this.#slept += ms
  }

  runDeferred(): void {
    for (const run of this.#deferred.splice(0)) run()
  }
}
