import type { MillraceError, Position } from '@millrace/contract'
import { asMillraceError } from '../as-millrace-error.ts'
import type { Missed } from '../room-log.ts'
import type { DurableEvent, UntypedRoom } from '../untyped-room.ts'
import type { Page, UntypedOptions } from './history-options.ts'
import { StoredRows } from './stored-rows.ts'

/** A history from one snapshot on. A gap begins another chapter; what is still being read for this one is lost with it. */
export class Chapter {
  readonly rows: StoredRows
  /** Of requests whose rows are here. */
  readonly keys = new Set<string>()
  hasOlder = false
  error: MillraceError | undefined
  readonly #room: UntypedRoom
  readonly #event: string
  readonly #options: () => UntypedOptions
  /** Where the next page of the room's history ends. */
  #before: Position | 'end' = 'end'
  /** The first page is still to be read, as there was no snapshot to begin with. */
  #isEmpty = false
  #hole: Missed['hole']
  #loading: Promise<void> | undefined

  constructor(room: UntypedRoom, event: string, options: () => UntypedOptions) {
    this.#room = room
    this.#event = event
    this.#options = options
    this.rows = new StoredRows(options)
  }

  get isLoading(): boolean {
    return this.#loading !== undefined
  }

  /** Whether there are rows to read that nobody has to ask for. */
  get isDue(): boolean {
    return this.#isEmpty || this.#hole !== undefined
  }

  begin(snapshot: unknown): void {
    const { fromSnapshot } = this.#options()
    const start = snapshot === undefined ? undefined : fromSnapshot?.(snapshot)
    if (!start) {
      this.#isEmpty = true
      return
    }
    const { values, hasMore } = isPage(start) ? start : { values: start, hasMore: start.length > 0 }
    this.rows.addPage(values)
    this.hasOlder = hasMore
  }

  take({ events, hole }: Missed): void {
    this.#each(events, (value, offset) => this.rows.addEvent(value, offset))
    this.#hole ??= hole
  }

  takeAnswer(key: string, value: unknown): void {
    this.rows.addAnswer(value)
    this.keys.add(key)
  }

  /** Reads the page before the oldest row, or what is due. Where it fails, `error` says so. */
  load(changed: () => void): Promise<void> {
    if (this.#loading) return this.#loading
    if (!this.hasOlder && !this.isDue) return Promise.resolve()
    this.error = undefined
    this.#loading = this.#read()
      .catch((thrown: unknown) => void (this.error = asMillraceError(thrown)))
      .finally(() => {
        this.#loading = undefined
        changed()
      })
    changed()
    return this.#loading
  }

  #read(): Promise<void> {
    if (this.#hole) return this.#fill(this.#hole)
    const { older } = this.#options()
    return older && !this.#isEmpty ? this.#readPage(older) : this.#readPast()
  }

  async #readPage(older: (oldest: unknown) => Promise<Page<unknown>>): Promise<void> {
    const [oldest] = this.rows.list(true)
    if (!oldest) {
      this.hasOlder = false
      return
    }
    const { values, hasMore } = await older(oldest.value)
    this.rows.addPage(values)
    this.hasOlder = hasMore && values.length > 0
  }

  /** Pages of the room's history, until one brings a row. */
  async #readPast(): Promise<void> {
    const before = this.rows.size
    do {
      const { events, from, more, gap } = await this.#room.history({ before: this.#before })
      this.#each(events, (value, offset) => this.rows.addPast(value, offset))
      this.#before = from ?? this.#before
      this.hasOlder = more && !gap && from !== undefined
      this.#isEmpty = false
    } while (this.hasOlder && this.rows.size === before)
  }

  /** Reads the events since the snapshot that nobody kept. */
  async #fill({ from, to }: NonNullable<Missed['hole']>): Promise<void> {
    for (let after: Position | undefined = from; after && after.offset < to.offset - 1;) {
      const page = await this.#room.history({ after })
      this.#each(page.events, (value, offset) => this.rows.addEvent(value, offset))
      after = page.gap ? undefined : page.to
    }
    this.#hole = undefined
  }

  #each(events: readonly DurableEvent[], add: (value: unknown, offset: number) => void): void {
    for (const { name, payload, position, key } of events) {
      if (name !== this.#event) continue
      add(payload, position.offset)
      if (key !== null) this.keys.add(key)
    }
  }
}

function isPage(start: readonly unknown[] | Page<unknown>): start is Page<unknown> {
  return !Array.isArray(start)
}
