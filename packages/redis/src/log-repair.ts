import { samePosition, type Cancel, type Clock, type Position } from '@millrace/contract'
import type { Entry, EventLog } from '@millrace/server'

/** A lost last message has no successor that would tell of it; this is how long it may stay unnoticed, ms. */
const compareMs = 10_000

const pageOf = { limit: 500, maxBytes: 4_000_000 } as const

export interface LogRepairOptions {
  readonly clock: Clock
  readonly log: Pick<EventLog, 'read' | 'tails'>
  /** Rooms that somebody listens to. */
  readonly rooms: () => readonly string[]
  readonly deliver: (room: string, entries: readonly Entry[]) => void
  readonly onError: (error: unknown) => void
}

/** Compares what was heard of each room with its top, and delivers what was missed. Listeners may hear an entry twice. */
export class LogRepair {
  readonly #options: LogRepairOptions
  readonly #heard = new Map<string, Position>()
  #cancel: Cancel | undefined
  #running: Promise<void> | undefined
  #isClosed = false

  constructor(options: LogRepairOptions) {
    this.#options = options
    this.#later()
  }

  heard(room: string, entry: Entry): void {
    this.#heard.set(room, entry)
  }

  /** @param top Where the room stood once it was listened to. */
  begins(room: string, top: Position): void {
    if (!this.#heard.has(room)) this.#heard.set(room, top)
  }

  ends(room: string): void {
    this.#heard.delete(room)
  }

  close(): void {
    this.#isClosed = true
    this.#cancel?.()
  }

  /** At most one runs; a fault leaves the rest to the next. */
  run(): Promise<void> {
    this.#running ??= this.#compare()
      .catch((error: unknown) => {
        if (!this.#isClosed) this.#options.onError(error)
      })
      .finally(() => (this.#running = undefined))
    return this.#running
  }

  async #compare(): Promise<void> {
    const { log, rooms } = this.#options
    const compared = rooms()
    const tails = await log.tails(compared)
    for (const [index, room] of compared.entries()) {
      const heard = this.#heard.get(room)
      const tail = tails[index]
      if (this.#isClosed) return
      if (heard !== undefined && tail !== undefined && !samePosition(heard, tail)) await this.#refill(room, heard, tail)
    }
  }

  async #refill(room: string, from: Position, tail: Position): Promise<void> {
    const { log, deliver } = this.#options
    let position = from
    for (;;) {
      const page = await log.read(room, { direction: 'after', position, ...pageOf })
      if (page.kind === 'gap') break
      deliver(room, page.entries)
      position = page.entries.at(-1) ?? position
      if (!page.more) return
    }
    // Any entry of the new history tells the listeners that theirs has ended.
    const newest = await log.read(room, { direction: 'before', position: null, limit: 1, maxBytes: 1 })
    if (newest.kind === 'page') deliver(room, newest.entries)
    this.#heard.set(room, tail)
  }

  #later(): void {
    this.#cancel = this.#options.clock.after(compareMs, () => void this.#runAndGoOn())
  }

  async #runAndGoOn(): Promise<void> {
    await this.run()
    if (!this.#isClosed) this.#later()
  }
}
