import type { Cancel, Clock } from '@millrace/contract'

export interface Flushable {
  /** How long output gathers, ms; 0: until the end of the tick. */
  readonly flushMs: number
  flush(): void
}

/** What keeps back what was written to it, until it is released. */
export interface Held {
  release(): void
}

/** Calls `flush` once for everything that was marked in the same tick, or within its `flushMs`. */
export class Flusher {
  readonly #clock: Clock
  readonly #report: (error: unknown) => void
  #dirty = new Set<Flushable>()
  #held: Held[] = []
  /** A flush will end this tick, or is under way. */
  #isDue = false
  readonly #timers = new Map<Flushable, Cancel>()

  constructor(clock: Clock, report: (error: unknown) => void) {
    this.#clock = clock
    this.#report = report
  }

  mark(target: Flushable): void {
    if (target.flushMs > 0) this.#markLater(target)
    else this.#markNow(target)
  }

  /**
   * Releases `held` when this tick's flush has ended, whatever happens in it.
   *
   * @returns False where none is due: then nothing is to be kept back.
   */
  hold(held: Held): boolean {
    if (this.#isDue) this.#held.push(held)
    return this.#isDue
  }

  /** Flushes whatever is marked, without waiting for its time. */
  flushAll(): void {
    for (const [target, cancel] of this.#timers) {
      cancel()
      this.#dirty.add(target)
    }
    this.#timers.clear()
    this.#isDue = true
    this.#flushTick()
  }

  /** Cancels what is marked, for a target that goes away. */
  forget(target: Flushable): void {
    this.#timers.get(target)?.()
    this.#timers.delete(target)
    this.#dirty.delete(target)
  }

  #markLater(target: Flushable): void {
    if (this.#timers.has(target)) return
    const cancel = this.#clock.after(target.flushMs, () => {
      this.#timers.delete(target)
      this.#markNow(target)
    })
    this.#timers.set(target, cancel)
  }

  #markNow(target: Flushable): void {
    this.#dirty.add(target)
    if (!this.#isDue) this.#due()
  }

  #due(): void {
    this.#isDue = true
    this.#clock.defer(() => this.#flushTick())
  }

  #flushTick(): void {
    const targets = this.#dirty
    this.#dirty = new Set()
    try {
      for (const target of targets) this.#try(() => target.flush())
    } finally {
      this.#isDue = false
      const held = this.#held
      this.#held = []
      for (const one of held) this.#try(() => one.release())
    }
    if (this.#dirty.size > 0) this.#due() // what was flushed marked something
  }

  #try(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.#report(error)
    }
  }
}
