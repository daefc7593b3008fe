/** Messages that a user may send at once, as many as somebody types in a few minutes without a connection. */
const burst = 100
/** The pace after that, ms from one message to the next. */
const intervalMs = 500
/** Above so many users, those who have their whole burst again are forgotten. */
const maxUsers = 10_000

/**
 * Holds each user to a pace. For each it keeps the moment at which everything sent so far would have been sent at that pace:
 * the generic cell rate algorithm, ITU-T I.371.
 */
export class SlowMode {
  readonly #dueAt = new Map<string, number>()

  /** @returns 0 where the user may send now, and it counts as sent; else for how many ms to wait. */
  take(userId: string, nowMs: number): number {
    const dueAt = Math.max(this.#dueAt.get(userId) ?? nowMs, nowMs) + intervalMs
    const waitMs = dueAt - nowMs - burst * intervalMs
    if (waitMs > 0) return waitMs
    if (this.#dueAt.size >= maxUsers) this.#forget(nowMs)
    this.#dueAt.set(userId, dueAt)
    return 0
  }

  #forget(nowMs: number): void {
    for (const [userId, dueAt] of this.#dueAt) if (dueAt <= nowMs) this.#dueAt.delete(userId)
  }
}
