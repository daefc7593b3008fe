/** How late events arrive, though the clocks of server and client differ: the quickest one is taken for not late at all. */
export class Delays {
  /** Since `restart`. */
  worstMs = 0
  /** The longest time between two of them, since `restart`. */
  silenceMs = 0
  #quickestMs = Infinity
  #lastAt: number | undefined

  restart(): void {
    this.worstMs = 0
    this.silenceMs = 0
  }

  /** @param publishedAt Of the server's clock. @param receivedAt Of the client's clock. Both ms since 1970. */
  note(publishedAt: number, receivedAt: number): void {
    const apart = receivedAt - publishedAt
    this.#quickestMs = Math.min(this.#quickestMs, apart)
    this.worstMs = Math.max(this.worstMs, apart - this.#quickestMs)
    this.silenceMs = Math.max(this.silenceMs, receivedAt - (this.#lastAt ?? receivedAt))
    this.#lastAt = receivedAt
  }
}
