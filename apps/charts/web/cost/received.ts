import type { ServerClock } from '../time/server-clock.ts'

/** Delays are looked at over so many messages. */
const delayCount = 200

/** What came to this page: bytes as they were counted at its sockets, and how late values were. */
export class Received {
  readonly #clock: ServerClock
  readonly #delays: number[] = []
  #values = 0

  constructor(clock: ServerClock) {
    this.#clock = clock
  }

  /** A value came that was made then. @param at The server's clock, ms since 1970. */
  note(at: number): void {
    this.#values++
    this.#delays[this.#values % delayCount] = this.#clock.note(at)
  }

  /** How many values came since the page was opened. */
  get values(): number {
    return this.#values
  }

  /** From the server's clock to here, of the newest values; ms, undefined where none came. */
  get medianDelayMs(): number | undefined {
    const sorted = this.#delays.filter((each) => each !== undefined).toSorted((a, b) => a - b)
    return sorted[sorted.length >> 1]
  }
}
