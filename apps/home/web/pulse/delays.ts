/** How late events arrive, though the clocks of server and client differ: the quickest one is taken for not late at all. */
export class Delays {
  /** Since `restart`. */
  worstMs = 0
  #quickestMs = Infinity

  restart(): void {
    this.worstMs = 0
  }

  /** @param publishedAt Of the server's clock. @param receivedAt Of the client's clock. Both ms since 1970. */
  note(publishedAt: number, receivedAt: number): void {
    const apart = receivedAt - publishedAt
    this.#quickestMs = Math.min(this.#quickestMs, apart)
    this.worstMs = Math.max(this.worstMs, apart - this.#quickestMs)
  }
}
