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
  /** The entries of each lane in the order of `add`, and whether each was handed out. */
  readonly #lanes = new Map<string, Map<T, boolean>>()
  #count = 0
  #bytes = 0

  constructor(limits: OutboxLimits) {
    this.#limits = limits
  }

  /** @returns False where the entry would exceed a limit; then it was not added. */
  add(entry: T): boolean {
    const { maxRequests, maxBytes } = this.#limits
    if (this.#count >= maxRequests || this.#bytes + entry.bytes > maxBytes) return false
    this.#count += 1
    this.#bytes += entry.bytes
    this.#lanes.set(entry.lane, this.#lane(entry.lane).set(entry, false))
    return true
  }

  /** Everything of the lane that waits, in order. It counts as sent from now on. */
  due(name: string): readonly T[] {
    const lane = this.#lane(name)
    const due = this.entries(name).filter((entry) => !lane.get(entry))
    for (const entry of due) lane.set(entry, true)
    return due
  }

  /** What was sent on this lane waits again, before what has not been sent. */
  lost(name: string): void {
    const lane = this.#lane(name)
    for (const entry of lane.keys()) lane.set(entry, false)
  }

  /** @returns True exactly once for each entry that was added. */
  settle(entry: T): boolean {
    const lane = this.#lane(entry.lane)
    if (!lane.delete(entry)) return false
    this.#count -= 1
    this.#bytes -= entry.bytes
    if (lane.size === 0) this.#lanes.delete(entry.lane)
    return true
  }

  /** Every entry of the lane in order, or of all lanes. */
  entries(name?: string): readonly T[] {
    const lanes = name === undefined ? [...this.#lanes.values()] : [this.#lane(name)]
    return lanes.flatMap((lane) => [...lane.keys()])
  }

  #lane(name: string): Map<T, boolean> {
    return this.#lanes.get(name) ?? new Map<T, boolean>()
  }
}
