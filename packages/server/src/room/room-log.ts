import { samePosition, step, type Position } from '@millrace/contract'
import type { Node } from '../node.ts'
import type { Entry, LogGap, LogPage, Subscription } from '../ports/event-log.ts'
import { findRewind, type Rewind } from './find-rewind.ts'
import { RangeReads } from './range-reads.ts'
import { Ring } from './ring.ts'

/** How long a hole may fill by itself before the missing range is read. */
const holeMs = 50
/** Pause after a read that failed. */
const retryMs = 1_000
/** Entries kept that came before their predecessors. */
const maxEarly = 1_000

export interface RoomLogEvents {
  /** There are entries to flush. */
  pending(): void
  /** Members get what is pending at once. */
  flush(): void
  /** The history was replaced: members stand at `from`, which the log may not know. `flushed` is a new one. */
  replaced(from: Position): void
}

/** A node's view of one room's log: what was received, what was flushed to members, and the repair of what is missing. */
export class RoomLog {
  /** The last entry that live members have. */
  flushed: Position = { epoch: '', offset: 0, id: '' }
  /** The last rewind that this node noticed. */
  rewind: Rewind | undefined
  readonly #node: Node
  readonly #room: string
  readonly #events: RoomLogEvents
  readonly #ring = new Ring()
  /** Made on first use, as most rooms of few members never read. */
  #reads: RangeReads | undefined
  #top: Position | undefined
  #pending: Entry[] = []
  #early: Entry[] = []
  #subscription: Subscription | undefined
  #repair: Promise<void> | undefined
  /** Something came that a read which is under way may not have seen. */
  #isRepairDue = false
  #isWaitingForHole = false
  #isClosed = false

  constructor(node: Node, room: string, events: RoomLogEvents) {
    this.#node = node
    this.#room = room
    this.#events = events
  }

  async open(): Promise<void> {
    const subscription = await this.#node.store.log.subscribe(this.#room, {
      entries: (entries) => this.#receive(entries),
    })
    this.#subscription = subscription
    if (this.#isClosed) return subscription.close()
    const [tail] = await this.#node.store.log.tails([this.#room])
    if (tail === undefined) throw new Error(`the store gave no tail for ${this.#room}`)
    this.#top = tail
    this.flushed = tail
    const early = this.#early
    this.#early = []
    this.#receive(early.filter((entry) => entry.epoch !== tail.epoch || entry.offset > tail.offset))
    if (this.#isRepairDue) void this.repair()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#subscription?.close()
  }

  get hasPending(): boolean {
    return this.#pending.length > 0
  }

  /** What was received since the last call; live members get it now. */
  takePending(): readonly Entry[] {
    const entries = this.#pending
    const last = entries[entries.length - 1]
    if (last === undefined) return entries
    this.#pending = []
    for (const entry of entries) this.#ring.push(entry)
    this.flushed = { epoch: last.epoch, offset: last.offset, id: last.id }
    return entries
  }

  /** Entries after `position`, none beyond `flushed`, from the ring or else from the log. */
  readAfter(position: Position): Promise<LogPage | LogGap> {
    return this.#readsOfLog().after(position)
  }

  #readsOfLog(): RangeReads {
    this.#reads ??= new RangeReads(this.#node.store.log, this.#room, this.#ring, () => this.flushed)
    return this.#reads
  }

  #receive(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (this.#top === undefined) this.#keepEarly(entry)
      else this.#accept(entry, this.#top)
    }
    if (this.#pending.length > 0) this.#events.pending()
  }

  #accept(entry: Entry, top: Position): void {
    const next = step(top, entry)
    if (next === 'next') {
      this.#top = { epoch: entry.epoch, offset: entry.offset, id: entry.id }
      this.#pending.push(entry)
      if (this.#early.length > 0) this.#acceptEarly(entry)
    } else if (next === 'hole') {
      this.#keepEarly(entry)
      this.#waitForHole()
    } else if (next !== 'seen' || !this.#holds(entry)) {
      void this.repair()
    }
  }

  /** Whether this node has the entry under the same id. What is older than the ring counts as unknown. */
  #holds({ offset, id }: Entry): boolean {
    const first = this.#pending[0]
    const own = first && offset >= first.offset ? this.#pending[offset - first.offset]?.id : this.#ring.idAt(offset)
    return (own ?? (offset === this.flushed.offset ? this.flushed.id : undefined)) === id
  }

  #acceptEarly(predecessor: Entry): void {
    const index = this.#early.findIndex(
      (entry) => entry.prev === predecessor.id && entry.offset === predecessor.offset + 1,
    )
    const entry = this.#early[index]
    if (entry === undefined) return
    this.#early.splice(index, 1)
    this.#accept(entry, this.#top ?? predecessor)
  }

  #keepEarly(entry: Entry): void {
    if (this.#early.length < maxEarly) this.#early.push(entry)
    else this.#isRepairDue = true
  }

  #waitForHole(): void {
    if (this.#isWaitingForHole) return
    this.#isWaitingForHole = true
    this.#node.clock.after(holeMs, () => {
      this.#isWaitingForHole = false
      if (this.#early.length > 0) void this.repair()
    })
  }

  /** Compares with the log and reads what is missing, once however often it is called meanwhile. Never rejects. */
  repair(): Promise<void> {
    this.#isRepairDue = true
    if (this.#top === undefined || this.#isClosed) return Promise.resolve()
    this.#repair ??= this.#readMissing(this.#top)
    return this.#repair
  }

  async #readMissing(from: Position): Promise<void> {
    try {
      for (let top = from; this.#isRepairDue && !this.#isClosed; top = this.#top ?? top) {
        this.#isRepairDue = false
        this.#early = [] // the log has them; what comes while it is read is kept
        const answer = await this.#readsOfLog().inLog(top)
        if (answer.kind === 'gap') {
          await this.#replace(top, answer)
          this.#isRepairDue = true
          continue
        }
        const meanwhile = this.#early
        this.#early = []
        this.#receive([...answer.entries, ...meanwhile])
        if (answer.more) this.#isRepairDue = true
      }
    } catch (error) {
      this.#node.report(error)
      if (!this.#isClosed) this.#node.clock.after(retryMs, () => void this.repair())
    } finally {
      this.#repair = undefined
    }
  }

  async #replace(top: Position, gap: LogGap): Promise<void> {
    const seen = [...this.#ring.entries(), ...this.#pending]
    const rewind = gap.reason === 'rewound' ? await findRewind(this.#node.store.log, this.#room, seen) : undefined
    if (this.#isClosed || this.#top === undefined || !samePosition(this.#top, top)) return
    this.#events.flush()
    this.#early = []
    this.#ring.clear()
    this.#reads?.forget()
    this.rewind = rewind
    this.#top = gap.top
    this.flushed = gap.top
    this.#events.replaced(top)
  }
}
