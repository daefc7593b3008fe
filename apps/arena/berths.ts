/** Above so many addresses, those whose berths are all free again are forgotten. */
const sweepAbove = 1_000

/** Who may have a boat: at most so many users of one address at once. */
export class Berths {
  readonly #most: number
  readonly #keptMs: number
  /** By address, and by user until when. */
  readonly #taken = new Map<string, Map<string, number>>()
  #sweepAbove = sweepAbove

  /** @param keptMs How long a berth is kept for a user who is not heard of. */
  constructor(most: number, keptMs: number) {
    this.#most = most
    this.#keptMs = keptMs
  }

  /**
   * @param nowMs Of a clock that only goes forward.
   * @returns Whether the user has a berth, now and for `keptMs`.
   */
  take(address: string, user: string, nowMs: number): boolean {
    const taken = this.#taken.get(address) ?? new Map<string, number>()
    if (!taken.has(user) && taken.size >= this.#most) forget(taken, nowMs)
    if (!taken.has(user) && taken.size >= this.#most) return false
    if (taken.size === 0 && this.#taken.size >= this.#sweepAbove) this.#sweep(nowMs)
    taken.set(user, nowMs + this.#keptMs)
    this.#taken.set(address, taken)
    return true
  }

  leave(address: string, user: string): void {
    this.#taken.get(address)?.delete(user)
  }

  /** Where few can be forgotten, the next look is far off: each costs as much as there are addresses. */
  #sweep(nowMs: number): void {
    for (const [address, taken] of this.#taken) {
      forget(taken, nowMs)
      if (taken.size === 0) this.#taken.delete(address)
    }
    this.#sweepAbove = Math.max(sweepAbove, 2 * this.#taken.size)
  }
}

function forget(taken: Map<string, number>, nowMs: number): void {
  for (const [user, untilMs] of taken) if (untilMs <= nowMs) taken.delete(user)
}
