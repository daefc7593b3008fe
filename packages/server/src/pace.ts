export interface PaceOptions {
  /** How many a key may take at once. At least 1. */
  readonly burst: number
  /** The pace after that, ms from one to the next. */
  readonly intervalMs: number
  /** Above so many keys, those that have their whole burst again are forgotten. Default 10,000. */
  readonly maxKeys?: number
}

/**
 * Holds each key, for example the id of a user, to a pace. For each it keeps the moment at which everything taken so far
 * would have been taken at that pace: the generic cell rate algorithm, ITU-T I.371.
 */
export class Pace {
  readonly #options: PaceOptions
  readonly #dueAt = new Map<string, number>()
  #forgetAbove: number

  constructor(options: PaceOptions) {
    this.#options = options
    this.#forgetAbove = options.maxKeys ?? 10_000
  }

  /**
   * @param nowMs Of a clock that only goes forward.
   * @returns 0 where the key may take one now, and it counts as taken; else for how many ms to wait.
   */
  take(key: string, nowMs: number): number {
    const { burst, intervalMs } = this.#options
    const dueAt = Math.max(this.#dueAt.get(key) ?? nowMs, nowMs) + intervalMs
    const waitMs = dueAt - nowMs - burst * intervalMs
    if (waitMs > 0) return waitMs
    if (this.#dueAt.size >= this.#forgetAbove) this.#forget(nowMs)
    this.#dueAt.set(key, dueAt)
    return 0
  }

  /** Where few can be forgotten, the next look is far off: each costs as much as there are keys. */
  #forget(nowMs: number): void {
    for (const [key, dueAt] of this.#dueAt) if (dueAt <= nowMs) this.#dueAt.delete(key)
    this.#forgetAbove = Math.max(this.#options.maxKeys ?? 10_000, 2 * this.#dueAt.size)
  }
}
