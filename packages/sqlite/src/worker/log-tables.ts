import type { LogGap, LogPage, Payload } from '@millrace/server'
import type Database from 'libsql'
import type { Batch, OperationOf, StoredEntry, WorkerOptions } from '../protocol.ts'
import { appendKeyOf, AppendKeys } from './append-keys.ts'
import { EntryTable } from './entry-table.ts'
import { faultOf, readLog } from './read-log.ts'
import { floorOf, RoomTable, type Room } from './room-table.ts'
import type { Totals } from './totals.ts'
import { trimLog } from './trim-log.ts'

/** The event log: rooms, their entries and the keys of appends. */
export class LogTables {
  readonly rooms: RoomTable
  readonly keys: AppendKeys
  readonly #entries: EntryTable
  readonly #options: WorkerOptions
  /** Rooms that were appended to in this transaction, with the limits of the last append. */
  readonly #untrimmed = new Map<Room, OperationOf<'append'>['history']>()
  #keyedAppends = 0

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.rooms = new RoomTable(database, totals, options)
    this.keys = new AppendKeys(database, totals, options)
    this.#entries = new EntryTable(database)
    this.#options = options
  }

  append(ask: OperationOf<'append'>, batch: Batch): StoredEntry {
    const room = this.rooms.find(ask.room, batch)
    if (ask.key === null) return this.#store(room, ask, batch.now)
    const key = appendKeyOf(ask)
    const known = this.keys.find(room, key, batch.now)
    if (known !== undefined) return known
    this.keys.assertRoom(batch.now)
    const stored = this.#store(room, ask, batch.now)
    this.keys.add(room, key, stored)
    this.#keyedAppends++
    return stored
  }

  #store(room: Room, ask: OperationOf<'append'>, at: number): StoredEntry {
    const { id, key, from, name, payload, history } = ask
    const entry = { offset: room.top + 1, id, prev: room.topId, at, key, from, name, payload }
    const bytes = payloadBytes(payload)
    this.#entries.insert(room, entry, bytes)
    room.top = entry.offset
    room.topId = id
    room.bytes += bytes
    room.oldest ??= { offset: entry.offset, at, prev: entry.prev }
    room.ttlMs = history.ttlSeconds * 1_000
    room.forgetAt = at + room.ttlMs + this.#options.metadataMs
    this.rooms.changed(room)
    this.#untrimmed.set(room, history)
    return { epoch: room.epoch, offset: entry.offset, id, prev: entry.prev, at, duplicate: false }
  }

  read({ room, query }: OperationOf<'read'>, batch: Batch): LogPage | LogGap {
    this.#trimAppended(batch.now)
    return readLog(this.#entries, this.rooms.find(room, batch), query)
  }

  trim({ room: name, through }: OperationOf<'trim'>, batch: Batch): void {
    const room = this.rooms.find(name, batch)
    if (faultOf(this.#entries, room, through) === undefined) this.#keepNewest(room, room.top - through.offset, batch)
  }

  keep({ room, keepEvents }: OperationOf<'keep'>, batch: Batch): void {
    this.#keepNewest(this.rooms.find(room, batch), keepEvents, batch)
  }

  #keepNewest(room: Room, keepEvents: number, batch: Batch): void {
    this.#trimAppended(batch.now)
    if (trimLog(this.#entries, room, { maxEvents: keepEvents, maxBytes: Infinity, expiredAt: -Infinity }))
      this.rooms.changed(room)
  }

  trimByAge(room: Room, now: number): void {
    if (trimLog(this.#entries, room, { maxEvents: Infinity, maxBytes: Infinity, expiredAt: now - room.ttlMs }))
      this.rooms.changed(room)
  }

  rewind({ room: name, toOffset }: OperationOf<'rewind'>, batch: Batch): void {
    const room = this.rooms.find(name, batch)
    this.#trimAppended(batch.now)
    const floor = floorOf(room)
    const offset = Math.min(room.top, Math.max(toOffset, floor.offset))
    room.topId = this.#entries.idAt(room, offset) ?? floor.id
    room.bytes -= this.#entries.deleteAfter(room, offset)
    room.top = offset
    this.rooms.findOldest(room)
    this.rooms.changed(room)
    this.keys.forgetAfter(room, offset)
  }

  /** The last step of a transaction. */
  save(now: number): void {
    this.#trimAppended(now)
    if (this.#keyedAppends > 0) this.keys.expire(now, 2 * this.#keyedAppends + 8) // more than were added, so that the table shrinks
    this.#keyedAppends = 0
    this.rooms.save()
  }

  /** After a rollback. */
  reload(): void {
    this.#untrimmed.clear()
    this.#keyedAppends = 0
    this.rooms.reload()
  }

  #trimAppended(now: number): void {
    for (const [room, { maxEvents, maxBytes }] of this.#untrimmed) {
      trimLog(this.#entries, room, { maxEvents, maxBytes, expiredAt: now - room.ttlMs })
    }
    this.#untrimmed.clear()
  }
}

function payloadBytes(payload: Payload): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength
}
