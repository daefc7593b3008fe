/** Between two reports. */
const reportMs = 1_000

/** Counts ticks, and how long they take. Times are of one clock that only goes forward. */
export class PaceMeter {
  #sinceMs = Number.NaN
  #ticks = 0
  #slowestMs = 0

  /** @returns The pace of the last second, where one is over. */
  note(beganMs: number, endedMs: number): { readonly perSecond: number; readonly slowestMs: number } | undefined {
    if (Number.isNaN(this.#sinceMs)) this.restart(beganMs)
    this.#ticks += 1
    this.#slowestMs = Math.max(this.#slowestMs, endedMs - beganMs)
    const lastedMs = beganMs - this.#sinceMs
    if (lastedMs < reportMs) return undefined
    // The first tick of the span began it.
    const perSecond = Math.round(((this.#ticks - 1) * 10_000) / lastedMs) / 10
    const slowestMs = Math.round(this.#slowestMs * 100) / 100
    this.restart(beganMs)
    this.#ticks = 1
    return { perSecond, slowestMs }
  }

  restart(nowMs: number): void {
    this.#sinceMs = nowMs
    this.#ticks = 0
    this.#slowestMs = 0
  }
}
