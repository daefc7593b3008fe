import type { Cancel, Clock } from '@millrace/contract'

export interface Flushable {
  /** How long output gathers, ms; 0: until the end of the tick. */
  readonly flushMs: number
  flush(): void
}

/** Calls `flush` once for everything that was marked in the same tick, or within its `flushMs`. */
export class Flusher {
  readonly #clock: Clock
  readonly #report: (error: unknown) => void
  #dirty = new Set<Flushable>()
  readonly #timers = new Map<Flushable, Cancel>()

  constructor(clock: Clock, report: (error: unknown) => void) {
    this.#clock = clock
    this.#report = report
  }

  mark(target: Flushable): void {
    if (target.flushMs > 0) {
      if (!this.#timers.has(target))
        this.#timers.set(
          target,
          this.#clock.after(target.flushMs, () => this.#flush(target)),
        )
      return
    }
    if (this.#dirty.has(target)) return
    if (this.#dirty.size === 0) this.#clock.defer(() => this.#flushTick())
    this.#dirty.add(target)
  }

  /** Flushes whatever is marked, without waiting for its time. */
  flushAll(): void {
    const delayed = [...this.#timers]
    this.#flushTick()
    for (const [target, cancel] of delayed) {
      cancel()
      this.#flush(target)
    }
  }

  /** Cancels what is marked, for a target that goes away. */
  forget(target: Flushable): void {
    this.#timers.get(target)?.()
    this.#timers.delete(target)
    this.#dirty.delete(target)
  }

  #flushTick(): void {
    const targets = this.#dirty
    this.#dirty = new Set()
    for (const target of targets) this.#flush(target)
  }

  #flush(target: Flushable): void {
    this.#timers.delete(target)
    try {
      target.flush()
    } catch (error) {
      this.#report(error)
    }
  }
}
