import type { ServerClock } from '../time/server-clock.ts'

/** Delays count for so long: what came with a join was made long before, ms. */
const countedMs = 5_000

/** How many values came to this page, and how late they were. */
export class Received {
  readonly #clock: ServerClock
  readonly #delays: { readonly now: number; readonly delayMs: number }[] = []
  #values = 0

  constructor(clock: ServerClock) {
    this.#clock = clock
  }

  /** A value came. @param at When it was made, by the server's clock, ms since 1970. @param now This page's, ms. */
  note(at: number, now: number): void {
    this.#values++
    this.#delays.push({ now, delayMs: this.#clock.note(at) })
    // Seldom: thousands come in a second.
    if (this.#delays.length > 2_000) this.#forget(now)
  }

  /** Since the page was opened. */
  get values(): number {
    return this.#values
  }

  /** From the server to here, of the values of the last seconds; ms, undefined where none came. */
  medianDelayMs(now: number): number | undefined {
    this.#forget(now)
    const sorted = this.#delays.map(({ delayMs }) => delayMs).toSorted((a, b) => a - b)
    return sorted[sorted.length >> 1]
  }

  #forget(now: number): void {
    const kept = this.#delays.findIndex((each) => each.now > now - countedMs)
    this.#delays.splice(0, kept === -1 ? this.#delays.length : kept)
  }
}
