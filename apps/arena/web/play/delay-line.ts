/** Makes the way longer, as a distant server would: what goes in comes out later, in order. */
export class DelayLine {
  readonly #now: () => number
  readonly #after: (delayMs: number, run: () => void) => void
  #dueAt = -Infinity
  /** Of what is passed from now on. 0: at once, unless something passed earlier is still on its way. */
  delayMs = 0

  constructor(now: () => number, after: (delayMs: number, run: () => void) => void) {
    this.#now = now
    this.#after = after
  }

  pass(run: () => void): void {
    const now = this.#now()
    this.#dueAt = Math.max(this.#dueAt, now + this.delayMs)
    if (this.#dueAt <= now) run()
    else this.#after(this.#dueAt - now, run)
  }
}
