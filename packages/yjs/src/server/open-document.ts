import { fail, type Position } from '@millrace/contract'
import type { Entry, RoomFollower, RoomStorage } from '@millrace/server'
import { systemClock } from '@millrace/server/core'
import { extendClocks } from './clocks.ts'
import type { Accepted, PlacedUpdate } from './guard/examine.ts'
import { isLarge } from './large-update.ts'
import { isNext, isSeen, loadDocument, positionOf, updateOf, type LoadedDocument } from './load-document.ts'
import { leftOut, lookAtLargeStored, lookAtStored } from './look-at-stored.ts'
import { OwnUpdates } from './own-updates.ts'
import { Pieces } from './pieces.ts'
import { isRemoval } from './removal-key.ts'

/** Entries that are kept while everything is read again; more of them are read, too. */
const maxEarly = 5_000
const maxLoads = 5
/** Kept until the room is called next. */
const maxFaults = 100

/** What a look at an update told. */
type Looked = Pick<Accepted, 'clocks' | 'placed'>

export interface OpenDocumentEvents {
  /** An update that another node stored. */
  heard(update: Uint8Array): void
  /** An update is part of the document from now on; undefined: a large one. */
  taken(placed: PlacedUpdate | undefined, isOwn: boolean): void
  /** Entries were heard, `isOwn` where this node stored one of them: the tail may be long enough to be compacted. */
  grown(isOwn: boolean): void
  /** The last member left, or the node closes. `isRead`: what is stored is known. */
  closing(isRead: boolean): Promise<void>
}

/**
 * What a node keeps of one document while somebody looks at it: updates as they are stored, and how far they reach. It builds no
 * Yjs document.
 */
export class OpenDocument implements RoomFollower {
  readonly storage: RoomStorage
  /** How far updates reach that are stored, heard or not. Only to be read. */
  known = new Map<number, number>()
  pieces = new Pieces(undefined, [])
  /** The last entry that is in `pieces`. */
  top: Position = { epoch: '', offset: 0, id: '' }
  /** Of the snapshot in the store; null where there is none. */
  revision: string | null = null
  /** Counts how often everything was read again: what was looked up before may not hold any more. */
  generation = 0
  readonly own = new OwnUpdates()
  readonly #events: OpenDocumentEvents
  #isStale = true
  #loading: Promise<void> | undefined
  /** The history was replaced while it was read. */
  #isReplaced = false
  /** What was heard while it was read. */
  #early: Entry[] = []
  /** Large updates that were heard, and whose clocks are not known yet. */
  #reading: Promise<void> | undefined
  #faults: unknown[] = []

  constructor(storage: RoomStorage, events: OpenDocumentEvents) {
    this.storage = storage
    this.#events = events
  }

  open(): Promise<void> {
    return this.ready() ?? Promise.resolve()
  }

  /** What to wait for before anything is looked up; undefined where it may be at once. Rejects as the store does. */
  ready(): Promise<void> | undefined {
    return this.#isStale || this.#reading ? this.#untilReady() : undefined
  }

  async #untilReady(): Promise<void> {
    while (this.#isStale || this.#reading) {
      if (this.#isStale) this.#loading ??= this.#load().finally(() => (this.#loading = undefined))
      await (this.#isStale ? this.#loading : this.#reading)
    }
  }

  /** Reads everything again before the next lookup. */
  replaced(): void {
    this.#isStale = true
    this.#isReplaced = true
    this.#early = []
  }

  entries(entries: readonly Entry[]): void {
    if (this.#isStale) this.#keepEarly(entries)
    else this.#events.grown(this.#takeAll(entries))
    this.#throwFaults()
  }

  async close(): Promise<void> {
    await this.#events.closing(!this.#isStale)
    this.#throwFaults()
  }

  /** What nobody waits for: the room reports it. */
  failed(error: unknown): void {
    if (this.#faults.length < maxFaults) this.#faults.push(error)
  }

  /** It is stored, and may be heard later. */
  stored({ clocks, placed }: Looked): void {
    extendClocks(this.known, clocks)
    this.#events.taken(placed, true)
  }

  /** Reads what is stored and was not heard yet. */
  async catchUp(): Promise<void> {
    await this.ready()
    for (let more = true; more && !this.#isStale;) {
      const page = await this.storage.read({ direction: 'after', position: this.top, limit: 200, maxBytes: 64 * 1024 })
      if (page.kind === 'gap') this.replaced()
      else this.#events.grown(this.#takeAll(page.entries))
      more = page.kind === 'page' && page.more
      if (more) await new Promise<void>((resolve) => systemClock.defer(resolve)) // other work gets its turn
    }
    await this.ready()
  }

  /** A snapshot of this node took the place of the tail up to `through`. */
  compacted(update: Uint8Array, through: Position, revision: string): void {
    this.pieces = this.pieces.compacted(update, through.offset)
    this.revision = revision
  }

  #keepEarly(entries: readonly Entry[]): void {
    if (this.#loading === undefined) return // it will be read
    if (this.#early.length + entries.length > maxEarly) this.replaced()
    else this.#early.push(...entries)
  }

  /** @returns Whether this node stored one of them. */
  #takeAll(entries: readonly Entry[]): boolean {
    let isOwn = false
    for (const entry of entries) {
      if (isSeen(this.top, entry)) continue
      if (!isNext(this.top, entry) || isRemoval(entry)) {
        this.replaced()
        return false
      }
      this.top = positionOf(entry)
      if (this.#take(entry)) isOwn = true
    }
    return isOwn
  }

  #take(entry: Entry): boolean {
    try {
      const update = updateOf(entry)
      const own = this.own.heard(entry, update)
      if (own) this.#push(entry, update, own)
      else this.#takeForeign(entry, update)
      return own !== undefined
    } catch (error) {
      this.failed(leftOut(entry, error))
      return false
    }
  }

  #takeForeign(entry: Entry, update: Uint8Array): void {
    this.#events.heard(update)
    // What follows a large one may refer to it.
    if (isLarge(update) || this.#reading) return this.#takeLarge(entry, update)
    const stored = lookAtStored(update, this.known)
    this.#push(entry, stored.update, stored, false)
  }

  #push({ offset }: Entry, update: Uint8Array, { clocks, placed }: Looked, isOwn = true): void {
    extendClocks(this.known, clocks)
    this.pieces.push({ offset, update })
    this.#events.taken(placed, isOwn)
  }

  /** Nothing is looked up before its clocks are known. */
  #takeLarge(entry: Entry, update: Uint8Array): void {
    this.pieces.push({ offset: entry.offset, update })
    this.#events.taken(undefined, false)
    const reading = this.#readLarge(entry, update, this.#reading).finally(() => {
      if (this.#reading === reading) this.#reading = undefined
    })
    this.#reading = reading
  }

  async #readLarge(entry: Entry, update: Uint8Array, earlier?: Promise<void>): Promise<void> {
    const { known } = this
    await earlier
    try {
      extendClocks(known, (await lookAtLargeStored(update, known)).clocks)
    } catch (error) {
      this.failed(leftOut(entry, error))
      this.replaced() // without it
    }
  }

  async #load(): Promise<void> {
    for (let attempt = 0; attempt < maxLoads; attempt++) {
      this.#isReplaced = false
      const loaded = await loadDocument(this.storage)
      if (this.#isReplaced) continue
      this.#adopt(loaded)
      const early = this.#early
      this.#early = []
      this.#takeAll(early)
      if (!this.#isReplaced) return
    }
    throw fail('UNAVAILABLE', 'the history of the document was replaced again and again while it was read; try again')
  }

  #adopt({ pieces, known, top, revision, faults }: LoadedDocument): void {
    this.pieces = pieces
    this.known = known
    this.top = top
    this.revision = revision
    this.generation++
    this.own.clear()
    this.#isStale = false
    for (const fault of faults) this.failed(fault)
  }

  #throwFaults(): void {
    const faults = this.#faults
    if (faults.length === 0) return
    this.#faults = []
    throw faults.length === 1 ? faults[0] : new AggregateError(faults, 'what a document met, and nobody waited for')
  }
}
