/** What an entry of the outbox must say of itself. */
export interface Outgoing {
  /** Entries of one lane leave in the order in which they came: a lane is a namespace or a room. */
  readonly lane: string
  readonly bytes: number
}

export interface OutboxLimits {
  /** Unanswered requests, all lanes together. Default 1,000. */
  readonly maxRequests: number
  /** Bytes of their inputs. Default 4,000,000. */
  readonly maxBytes: number
}

/**
 * Every request that is not answered yet, in order per lane. It sends nothing itself: `due` hands out what may leave now,
 * `lost` takes back what was handed out on a connection that ended, so that it leaves again before anything newer.
 */
export class Outbox<T extends Outgoing> {
  readonly #limits: OutboxLimits
  readonly #entries = new Set<T>()
  readonly #lanes = new Map<string, Set<T>>()
  readonly #sent = new Set<T>()
  #bytes = 0

  constructor(limits: OutboxLimits) {
    this.#limits = limits
  }

  get count(): number {
    return this.#entries.size
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @returns False where the entry would exceed a limit; then it was not added. */
  add(entry: T): boolean {
    const { maxRequests, maxBytes } = this.#limits
    if (this.count >= maxRequests || this.#bytes + entry.bytes > maxBytes) return false
    this.#bytes += entry.bytes
    this.#entries.add(entry)
    this.#lanes.set(entry.lane, (this.#lanes.get(entry.lane) ?? new Set()).add(entry))
    return true
  }

  /** Everything of the lane that waits, in order. It counts as sent from now on. */
  due(lane: string): readonly T[] {
    const due = this.entries(lane).filter((entry) => !this.#sent.has(entry))
    for (const entry of due) this.#sent.add(entry)
    return due
  }

  /** What was sent on this lane waits again, before what has not been sent. */
  lost(lane: string): void {
    for (const entry of this.entries(lane)) this.#sent.delete(entry)
  }

  /** @returns True exactly once for each entry that was added. */
  settle(entry: T): boolean {
    if (!this.#entries.delete(entry)) return false
    this.#bytes -= entry.bytes
    this.#sent.delete(entry)
    const lane = this.#lanes.get(entry.lane)
    lane?.delete(entry)
    if (lane?.size === 0) this.#lanes.delete(entry.lane)
    return true
  }

  /** Every entry of the lane, or of all lanes, in the order of `add`. */
  entries(lane?: string): readonly T[] {
    return [...(lane === undefined ? this.#entries : (this.#lanes.get(lane) ?? []))]
  }
}
