import type { Position } from '@millrace/contract'
import type { Entry, EventLog, LogGap, LogPage } from '../ports/event-log.ts'
import type { Ring } from './ring.ts'

/** One page of a recovery. */
const pageEntries = 500
const pageBytes = 256 * 1024
/** Reads of one room that may be under way at once, however many members recover. */
const maxReads = 2

interface Ask {
  readonly position: Position
  /** Whether the ring may answer it. */
  readonly isRecovery: boolean
  readonly resolve: (answer: LogPage | LogGap) => void
  readonly reject: (error: unknown) => void
}

/**
 * Reads a room's log for many members at once: asks wait for a free read, the next read begins at the lowest position
 * asked, and it answers every ask whose position lies in its page with the same id.
 */
export class RangeReads {
  readonly #log: EventLog
  readonly #room: string
  readonly #ring: Ring
  readonly #flushed: () => Position
  #waiting: Ask[] = []
  #reading = 0
  /** What was read last: members are sent it in smaller pages. Kept no longer than memory allows. */
  #page: WeakRef<readonly Entry[]> | undefined

  /** @param flushed What the ring ends at. */
  constructor(log: EventLog, room: string, ring: Ring, flushed: () => Position) {
    this.#log = log
    this.#room = room
    this.#ring = ring
    this.#flushed = flushed
  }

  /** What the log itself says. */
  inLog(position: Position): Promise<LogPage | LogGap> {
    return this.#ask(position, false)
  }

  /** Entries after `position`, none beyond what was flushed, from the ring or else from the log. */
  async after(position: Position): Promise<LogPage | LogGap> {
    const answer = this.#recent(position) ?? (await this.#ask(position, true))
    return answer.kind === 'gap' ? answer : { ...answer, entries: this.#flushedOf(answer.entries) }
  }

  /** The log has another history now. */
  forget(): void {
    this.#page = undefined
  }

  #ask(position: Position, isRecovery: boolean): Promise<LogPage | LogGap> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ position, isRecovery, resolve, reject })
      this.#pump()
    })
  }

  #recent(position: Position): LogPage | undefined {
    const entries = this.#ring.after(position) ?? restOf(this.#page?.deref(), position)
    return entries && { kind: 'page', entries, top: this.#flushed(), more: false }
  }

  #flushedOf(entries: readonly Entry[]): readonly Entry[] {
    const { offset } = this.#flushed()
    return entries.filter((entry) => entry.offset <= offset)
  }

  #pump(): void {
    while (this.#reading < maxReads && this.#waiting.length > 0) {
      this.#waiting = this.#waiting.filter((ask) => !this.#answerRecent(ask))
      if (this.#waiting.length === 0) return
      const lowest = this.#waiting.reduce((low, ask) => (ask.position.offset < low.position.offset ? ask : low))
      const asks = this.#waiting
      this.#waiting = []
      this.#reading++
      void this.#read(lowest, asks)
    }
  }

  /** Since it began to wait, the ring may have learnt the answer. */
  #answerRecent({ position, isRecovery, resolve }: Ask): boolean {
    const page = isRecovery ? this.#recent(position) : undefined
    if (page) resolve(page)
    return page !== undefined
  }

  async #read(lowest: Ask, asks: readonly Ask[]): Promise<void> {
    try {
      const query = { direction: 'after', position: lowest.position, limit: pageEntries, maxBytes: pageBytes } as const
      const answer = await this.#log.read(this.#room, query)
      // Whoever else comes back soon stood nearby.
      if (answer.kind === 'page') {
        const flushed = this.#flushedOf(answer.entries)
        this.#ring.extend(flushed, this.#flushed())
        this.#page = new WeakRef(flushed)
      } else if (answer.kind === 'gap' && this.#page?.deref()?.some(({ id }) => id === lowest.position.id)) {
        this.#page = undefined // the log has taken back what it holds
      }
      for (const ask of asks) {
        const part = answerFor(ask.position, lowest.position, answer)
        if (part) ask.resolve(part)
        else this.#waiting.push(ask)
      }
    } catch (error) {
      for (const ask of asks) ask.reject(error)
    } finally {
      this.#reading--
      this.#pump()
    }
  }
}

/** What follows the position in a page, if the page has both. */
function restOf(entries: readonly Entry[] = [], position: Position): readonly Entry[] | undefined {
  const first = entries[0]
  if (first === undefined || first.epoch !== position.epoch) return undefined
  const next = position.offset - first.offset + 1
  const id = next === 0 ? first.prev : entries[next - 1]?.id
  return id === position.id && next < entries.length ? entries.slice(next) : undefined
}

/** What the answer to `asked` says about `position`; undefined where it says nothing. */
function answerFor(position: Position, asked: Position, answer: LogPage | LogGap): LogPage | LogGap | undefined {
  if (position.epoch === asked.epoch && position.offset === asked.offset && position.id === asked.id) return answer
  if (answer.kind === 'gap') return undefined
  const index = answer.entries.findIndex((entry) => entry.offset === position.offset)
  const entry = answer.entries[index]
  if (entry === undefined || entry.id !== position.id || entry.epoch !== position.epoch) return undefined
  if (index === answer.entries.length - 1 && answer.more) return undefined
  return { ...answer, entries: answer.entries.slice(index + 1) }
}
