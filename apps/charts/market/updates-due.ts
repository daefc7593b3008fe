/** A pause that was longer, as of a process that was stopped, is not made up for. */
const maxMakeUpMs = 1_000
/** Without a common divisor with the number of symbols: one update of each, in an order that looks like none. */
const stride = 77

export interface Update {
  /** The index of its symbol. */
  readonly symbol: number
  /** Ms since 1970, whole. */
  readonly at: number
}

/** Which updates the market makes, and when: as many per second as it is told, of all symbols equally often. */
export class UpdatesDue {
  readonly #symbols: number
  #count = 0
  /** Everything up to here was made, ms since 1970. */
  #until: number
  /** Part of an update. */
  #rest = 0

  constructor(symbols: number, from: number) {
    this.#symbols = symbols
    this.#until = from
  }

  /** Those since the last call, in time, spread over it. None where the clock went back: it is waited for. */
  take(now: number, perSecond: number): readonly Update[] {
    const from = Math.max(this.#until, now - maxMakeUpMs)
    if (now <= from) return []
    const due = this.#rest + ((now - from) / 1_000) * perSecond
    const whole = Math.floor(due)
    this.#rest = due - whole
    this.#until = now
    return Array.from({ length: whole }, (_, index) => ({
      symbol: (this.#count++ * stride) % this.#symbols,
      at: Math.min(now, from + 1 + Math.floor((index / whole) * (now - from))),
    }))
  }
}
