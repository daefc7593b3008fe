import { MillraceError, fail, type Position } from '@millrace/contract'
import type { Off } from '@millrace/client'
import { coalesce } from '../coalesce.ts'
import type { PastPage, RoomRecord } from '../room-record.ts'
import type { Page, UntypedOptions } from './history-options.ts'
import type { Row } from './row.ts'
import { StoredRows } from './stored-rows.ts'

/** What is known of a history, without optimistic rows. Another object after each change. */
export interface StoredHistory {
  readonly rows: readonly Row<unknown>[]
  /** Keys of requests whose rows are there. */
  readonly keys: ReadonlySet<string>
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  readonly olderError: MillraceError | undefined
}

/** Follows the record of a room: snapshot, events, answers and pages become rows. */
export class HistoryStore {
  readonly #record: RoomRecord
  readonly #options: () => UntypedOptions
  readonly #listeners = new Set<() => void>()
  #history: StoredHistory | undefined
  #rows: StoredRows
  #keys = new Set<string>()
  /** As the record's log counts. */
  #snapshots = 0
  #seen = 0
  /** Where the next page of the room's history ends. */
  #before: Position | 'end' = 'end'
  /** Whether the first page is still to be read, as there was no snapshot to begin with. */
  #isEmpty = false
  #hole: { readonly from: Position; readonly to: Position } | undefined
  #hasOlder = false
  #error: MillraceError | undefined
  #loading: Promise<void> | undefined

  constructor(record: RoomRecord, options: () => UntypedOptions) {
    this.#record = record
    this.#options = options
    this.#rows = new StoredRows(options)
  }

  readonly get = (): StoredHistory => {
    this.#follow()
    this.#history ??= {
      rows: this.#rows.list(this.#hasOlder),
      keys: new Set(this.#keys),
      hasOlder: this.#hasOlder,
      isLoadingOlder: this.#loading !== undefined,
      olderError: this.#error,
    }
    return this.#history
  }

  readonly subscribe = (listener: () => void): Off => {
    this.#listeners.add(listener)
    const off = this.#record.on(this.#recordChanged)
    this.#recordChanged()
    return () => {
      off()
      this.#listeners.delete(listener)
    }
  }

  /** Reads the page before the oldest row, or tries again what failed. Resolves also where it fails: see `olderError`. */
  readonly loadOlder = (): Promise<void> => {
    this.#follow()
    if (this.#loading || this.#snapshots === 0 || (!this.#hasOlder && !this.#isDue))
      return this.#loading ?? Promise.resolve()
    const load = this.#load(this.#snapshots).finally(() => {
      if (this.#loading === load) this.#loading = undefined
      this.#touch()
    })
    this.#loading = load
    this.#touch()
    return load
  }

  /** The answer to a kept request of this room. */
  answered(key: string, name: string, answer: unknown): void {
    const value = this.#options().fromAnswer?.(name, answer)
    if (value === undefined) return
    this.#follow()
    this.#rows.addAnswer(value)
    this.#keys.add(key)
    this.#touch()
  }

  get #isDue(): boolean {
    return this.#isEmpty || this.#hole !== undefined
  }

  readonly #tell = coalesce(() => {
    for (const listener of this.#listeners) listener()
  })

  readonly #recordChanged = () => {
    this.#follow()
    if (this.#isDue && this.#record.view.status === 'joined') void this.loadOlder()
    this.#tell()
  }

  #touch(): void {
    this.#history = undefined
    this.#tell()
  }

  /** Takes in what the record has that was not seen. */
  #follow(): void {
    const { log } = this.#record
    if (log.snapshots !== this.#snapshots) this.#restart()
    if (log.taken === this.#seen) return
    const { events, hole } = log.after(this.#seen)
    for (const { name, payload, position, key } of events) {
      if (name !== this.#options().event) continue
      this.#rows.addLive(payload, position.offset)
      if (key !== null) this.#keys.add(key)
    }
    this.#hole ??= hole
    this.#seen = log.taken
    this.#history = undefined
  }

  #restart(): void {
    const { log, view } = this.#record
    const { fromSnapshot } = this.#options()
    this.#snapshots = log.snapshots
    this.#seen = 0
    this.#rows = new StoredRows(this.#options)
    this.#keys = new Set()
    this.#before = 'end'
    this.#hole = undefined
    this.#error = undefined
    this.#loading = undefined
    this.#isEmpty = !fromSnapshot || view.snapshot === undefined
    this.#hasOlder = false
    if (fromSnapshot && !this.#isEmpty) {
      const start = fromSnapshot(view.snapshot)
      const { values, hasMore } = isPage(start) ? start : { values: start, hasMore: start.length > 0 }
      this.#rows.addPage(values)
      this.#hasOlder = hasMore
    }
    this.#history = undefined
  }

  async #load(snapshots: number): Promise<void> {
    const isCurrent = () => snapshots === this.#snapshots
    this.#error = undefined
    try {
      if (this.#hole) await this.#fill(this.#hole, isCurrent)
      else if (this.#options().older && !this.#isEmpty) await this.#loadPage(isCurrent)
      else await this.#loadPast(isCurrent)
    } catch (thrown) {
      if (isCurrent()) this.#error = asMillraceError(thrown)
    }
  }

  /** A page of the application's own. */
  async #loadPage(isCurrent: () => boolean): Promise<void> {
    const { older } = this.#options()
    const [oldest] = this.#rows.list(true)
    if (!older || !oldest) return void (this.#hasOlder = false)
    const { values, hasMore } = await older(oldest.value)
    if (!isCurrent()) return
    this.#rows.addPage(values)
    this.#hasOlder = hasMore && values.length > 0
  }

  /** Pages of the room's history, until one brings a row. */
  async #loadPast(isCurrent: () => boolean): Promise<void> {
    const sizeBefore = this.#rows.size
    do {
      const page = await this.#record.room.history({ before: this.#before })
      if (!isCurrent()) return
      this.#addPast(page)
      this.#before = page.from ?? this.#before
      this.#hasOlder = page.more && page.gap === undefined && page.from !== undefined
      this.#isEmpty = false
    } while (this.#hasOlder && this.#rows.size === sizeBefore)
  }

  /** Reads the events that the record did not keep. */
  async #fill({ from, to }: { from: Position; to: Position }, isCurrent: () => boolean): Promise<void> {
    let after = from
    while (after.offset < to.offset - 1) {
      const page = await this.#record.room.history({ after })
      if (!isCurrent()) return
      this.#addPast(page)
      if (page.gap !== undefined || !page.to) break
      after = page.to
    }
    this.#hole = undefined
  }

  #addPast({ events }: PastPage): void {
    for (const { name, payload, position, key } of events) {
      if (name !== this.#options().event) continue
      this.#rows.addPast(payload, position.offset)
      if (key !== null) this.#keys.add(key)
    }
  }
}

function asMillraceError(thrown: unknown): MillraceError {
  return thrown instanceof MillraceError ? thrown : fail('INTERNAL', String(thrown), { cause: thrown })
}

function isPage(start: readonly unknown[] | Page<unknown>): start is Page<unknown> {
  return !Array.isArray(start)
}
