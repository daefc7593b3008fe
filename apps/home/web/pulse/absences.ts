/** A time without a connection. */
export interface Absence {
  /** From the loss to the room joined again. */
  readonly awayMs: number
  /** From then to the last event that had waited. */
  readonly catchUpMs: number
  /** Events that had waited. */
  readonly waited: number
}

/** Measures absences. Times are of one monotonic clock, ms. */
export class Absences {
  /** The last one that is over. */
  last: Absence | undefined
  count = 0
  #lostAt: number | undefined
  #joinedAt: number | undefined
  #replayedAt = 0
  #waited = 0

  lost(nowMs: number): void {
    this.#lostAt ??= nowMs
    this.#joinedAt = undefined
  }

  joined(nowMs: number): void {
    if (this.#lostAt === undefined) return
    this.#joinedAt = nowMs
    this.#replayedAt = nowMs
    this.#waited = 0
    this.count += 1
  }

  /** The first event that did not wait ends the absence. */
  received(isReplayed: boolean, nowMs: number): void {
    if (this.#lostAt === undefined || this.#joinedAt === undefined) return
    if (isReplayed) {
      this.#waited += 1
      this.#replayedAt = nowMs
      return
    }
    const [awayMs, catchUpMs] = [this.#joinedAt - this.#lostAt, this.#replayedAt - this.#joinedAt]
    this.last = { awayMs, catchUpMs, waited: this.#waited }
    this.#lostAt = undefined
  }
}
