/** How fast the estimates follow: RFC 6298 and RFC 3550 use 1/8 and 1/16. */
const smoothing = 1 / 8

/** Smoothed round-trip time, and how much successive ones differ. */
export class RoundTrips {
  #ms: number | undefined
  #jitterMs = 0
  #last: number | undefined

  note(ms: number): void {
    this.#ms = this.#ms === undefined ? ms : this.#ms + (ms - this.#ms) * smoothing
    if (this.#last !== undefined) this.#jitterMs += (Math.abs(ms - this.#last) - this.#jitterMs) * smoothing
    this.#last = ms
  }

  /** Undefined before the first. */
  get ms(): number | undefined {
    return this.#ms
  }

  get jitterMs(): number {
    return this.#jitterMs
  }

  /** The way is another one from here on. */
  restart(): void {
    this.#ms = this.#last = undefined
    this.#jitterMs = 0
  }
}
