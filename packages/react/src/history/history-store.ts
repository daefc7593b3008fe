import type { Off } from '@millrace/client'
import type { MillraceError } from '@millrace/contract'
import { coalesce } from '../coalesce.ts'
import type { RoomRecord } from '../room-record.ts'
import { Chapter } from './chapter.ts'
import type { UntypedOptions } from './history-options.ts'
import type { Row } from './row.ts'

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
  readonly #event: string
  readonly #options: () => UntypedOptions
  readonly #listeners = new Set<() => void>()
  #history: StoredHistory | undefined
  #chapter: Chapter
  /** How much of the record's log is in the chapter. */
  #version = 0
  #seen = 0
  /** What a function of the application threw; it is thrown where the component renders. */
  #fault: { readonly thrown: unknown } | undefined
  /** The join after which a page was asked for last; what failed is asked for again after another one. */
  #triedVisit = 0

  constructor(record: RoomRecord, event: string, options: () => UntypedOptions) {
    this.#record = record
    this.#event = event
    this.#options = options
    this.#chapter = this.#createChapter()
  }

  readonly get = (): StoredHistory => {
    this.#follow()
    if (this.#fault) throw this.#fault.thrown
    if (this.#history) return this.#history
    const { rows, keys, hasOlder, isLoading, error } = this.#chapter
    this.#history = { rows: rows.list(hasOlder), keys, hasOlder, isLoadingOlder: isLoading, olderError: error }
    return this.#history
  }

  readonly subscribe = (listener: () => void): Off => {
    this.#listeners.add(listener)
    const off = this.#record.on(this.#tell)
    this.#tell()
    return () => {
      off()
      this.#listeners.delete(listener)
    }
  }

  /** Reads the page before the oldest row, or tries again what failed. Resolves also where it fails: see `olderError`. */
  readonly loadOlder = (): Promise<void> => {
    this.#follow()
    this.#triedVisit = this.#record.visits
    return this.#chapter.load(this.#touch)
  }

  /** The answer to a kept request of this room. */
  answered(key: string, name: string, answer: unknown): void {
    this.#follow()
    const value = this.#options().fromAnswer?.(name, answer)
    if (value === undefined) return
    this.#chapter.takeAnswer(key, value)
    this.#touch()
  }

  readonly #tell = coalesce(() => {
    for (const listener of this.#listeners) listener()
    if (this.#listeners.size > 0) this.#loadDue()
  })

  readonly #touch = () => {
    this.#history = undefined
    this.#tell()
  }

  /** Reads what is due; after a fault only once the client has joined again. */
  #loadDue(): void {
    this.#follow()
    const { view, visits } = this.#record
    const isWorthTrying = !this.#chapter.error || this.#triedVisit !== visits
    if (this.#chapter.isDue && view.status === 'joined' && isWorthTrying) void this.loadOlder()
  }

  /** Takes in what the record has that was not seen. */
  #follow(): void {
    const { log, view } = this.#record
    const isNew = log.version !== this.#version
    if (!isNew && log.taken === this.#seen) return
    if (isNew) {
      this.#seen = 0
      this.#fault = undefined
      this.#chapter = this.#createChapter()
    }
    const missed = log.after(this.#seen)
    this.#version = log.version
    this.#seen = log.taken
    this.#history = undefined
    try {
      if (isNew && log.hasBegun) this.#chapter.begin(view.snapshot)
      this.#chapter.take(missed)
    } catch (thrown) {
      this.#fault = { thrown }
    }
  }

  #createChapter(): Chapter {
    return new Chapter(this.#record.room, this.#event, this.#options)
  }
}
