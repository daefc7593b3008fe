import type { Entry } from '../ports/event-log.ts'
import { payloadBytes } from '../payload-bytes.ts'

/**
 * What a node makes of the history of a room that has members here. Nothing is called after `close`. What `entries`, `replaced` and
 * `close` throw is reported.
 */
export interface RoomFollower {
  /** Before the first member joins, when the node already hears the log. Where it rejects, the join is refused. */
  open(): Promise<void>
  /** Durable entries in their order, before members get them. What `open` has read may come again; nothing is left out. */
  entries(entries: readonly Entry[]): void
  /** The history is another one now, or a part of it is lost: read it again. */
  replaced(): void
  /** The last member left, `roomLingerMs` ago, or the node closes. */
  close(): Promise<void>
}

/** What is kept for a follower that opens, entries and bytes. Above it, it reads again. */
const maxEarly = 1_000
const maxEarlyBytes = 16_000_000

/** Calls one follower in order: nothing before it is open, nothing after it closes. Its faults are reported. */
export class RoomFollowing {
  readonly #follower: RoomFollower
  readonly #report: (error: unknown) => void
  #opening: Promise<void> | undefined
  #isOpen = false
  #isClosed = false
  /** What came while it opened. */
  #early: Entry[] = []
  #earlyBytes = 0
  #isReplaced = false

  constructor(follower: RoomFollower, report: (error: unknown) => void) {
    this.#follower = follower
    this.#report = report
  }

  async open(): Promise<void> {
    this.#opening = this.#follower.open()
    await this.#opening
    this.#isOpen = true
    const early = this.#early
    this.#early = []
    if (this.#isReplaced) this.replaced()
    if (early.length > 0) this.entries(early)
  }

  entries(entries: readonly Entry[]): void {
    if (this.#isOpen) this.#call(() => this.#follower.entries(entries))
    else this.#keepEarly(entries)
  }

  replaced(): void {
    if (this.#isOpen) return this.#call(() => this.#follower.replaced())
    this.#isReplaced = true
    this.#early = []
    this.#earlyBytes = 0
  }

  /** Waits for an opening that is under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled([this.#opening]) // who opens is told of its fault
    try {
      await this.#follower.close()
    } catch (error) {
      this.#report(error) // what the node closes next must close
    }
  }

  #keepEarly(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#early.push(entry)
      this.#earlyBytes += payloadBytes(entry.payload)
    }
    if (this.#early.length > maxEarly || this.#earlyBytes > maxEarlyBytes) this.replaced()
  }

  #call(run: () => void): void {
    if (this.#isClosed) return
    try {
      run()
    } catch (error) {
      this.#report(error)
    }
  }
}
