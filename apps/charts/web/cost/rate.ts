/** How fast a count grew, by two looks at it. */
export class Rate {
  #count = 0
  #at: number | undefined
  #perSecond = 0

  /** @param now Of a clock that never goes back, ms. @returns Per second since the look before. */
  look(count: number, now: number): number {
    if (this.#at !== undefined && now > this.#at) this.#perSecond = ((count - this.#count) * 1_000) / (now - this.#at)
    this.#count = count
    this.#at = now
    return this.#perSecond
  }
}
