/** By how much a clock may seem to be off because messages travel, ms. */
const plausibleMs = 2_000

/**
 * What the server's clock shows, as far as this page can tell: a message cannot come before it was made, so the smallest
 * difference between arrival here and time there is how far the clocks are apart, or how fast messages travel at best.
 */
export class ServerClock {
  #least = Infinity
  readonly #now: () => number

  /** @param now This machine's clock, ms since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** @returns How long ago it was made, ms. */
  note(at: number): number {
    const difference = this.#now() - at
    this.#least = Math.min(this.#least, difference)
    return difference - this.#skew
  }

  now(): number {
    return this.#now() - this.#skew
  }

  /** 0 where clocks that agree explain what was seen. */
  get #skew(): number {
    return Number.isFinite(this.#least) && (this.#least < 0 || this.#least > plausibleMs) ? this.#least : 0
  }
}
