import type { Cancel, Clock } from '@millrace/contract'

/** As long as the lease of a node in Redis, so that both stores behave alike. */
const lapseMs = 9_000

/** What drained nodes left behind, and takes its end later. */
export class Lapses {
  readonly #pending = new Map<() => void, Cancel>()

  later(clock: Clock, end: () => void): void {
    const cancel = clock.after(lapseMs, () => {
      this.#pending.delete(end)
      end()
    })
    this.#pending.set(end, cancel)
  }

  /** Ends everything without waiting for its time. */
  endAll(): void {
    for (const [end, cancel] of this.#pending) {
      cancel()
      end()
    }
    this.#pending.clear()
  }
}
