import type { Cancel, Clock } from '@millrace/contract'

/** Timers that end together. */
export class Timers {
  readonly #clock: Clock
  readonly #cancels = new Set<Cancel>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  after(ms: number, run: () => void): Cancel {
    const cancel = this.#clock.after(ms, () => {
      this.#cancels.delete(stop)
      run()
    })
    const stop = (): void => {
      cancel()
      this.#cancels.delete(stop)
    }
    this.#cancels.add(stop)
    return stop
  }

  /** Never resolves where they ended before. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  close(): void {
    for (const cancel of this.#cancels) cancel()
  }
}
