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

interface Lane<T> {
  waiting: Set<T>
  sent: Set<T>
}

/**
 * Every request that is not answered yet, in order per lane. It sends nothing itself: `due` hands out what may leave now,
 * `lost` takes back what was handed out on a connection that ended, so that it leaves again before anything newer.
 */
export class Outbox<T extends Outgoing> {
  readonly #limits: OutboxLimits
  readonly #lanes = new Map<string, Lane<T>>()
  #count = 0
  #bytes = 0

  constructor(limits: OutboxLimits) {
    this.#limits = limits
  }

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  /** @returns False where the entry would exceed a limit; then it was not added. */
  add(entry: T): boolean {
    if (this.#count >= this.#limits.maxRequests || this.#bytes + entry.bytes > this.#limits.maxBytes) return false
    this.#count += 1
    this.#bytes += entry.bytes
    const lane = this.#lanes.get(entry.lane) ?? { waiting: new Set(), sent: new Set() }
    this.#lanes.set(entry.lane, lane)
    lane.waiting.add(entry)
    return true
  }

  /** Everything of the lane that waits, in order. It counts as sent from now on. */
  due(name: string): readonly T[] {
    const lane = this.#lanes.get(name)
    if (!lane || lane.waiting.size === 0) return []
    const due = [...lane.waiting]
    for (const entry of due) lane.sent.add(entry)
    lane.waiting = new Set()
    return due
  }

  /** What was sent on this lane waits again, before what has not been sent. */
  lost(name: string): void {
    const lane = this.#lanes.get(name)
    if (!lane || lane.sent.size === 0) return
    lane.waiting = new Set([...lane.sent, ...lane.waiting])
    lane.sent = new Set()
  }

  /** @returns True exactly once for each entry that was added. */
  settle(entry: T): boolean {
    const lane = this.#lanes.get(entry.lane)
    if (!lane || !(lane.waiting.delete(entry) || lane.sent.delete(entry))) return false
    this.#count -= 1
    this.#bytes -= entry.bytes
    if (lane.waiting.size === 0 && lane.sent.size === 0) this.#lanes.delete(entry.lane)
    return true
  }

  /** Every entry of the lane, or of all lanes. */
  entries(name?: string): readonly T[] {
    const lanes = name === undefined ? [...this.#lanes.values()] : [this.#lanes.get(name)]
    return lanes.flatMap((lane) => (lane ? [...lane.sent, ...lane.waiting] : []))
  }
}
