import type { Position } from '@millrace/contract'
import type Database from 'libsql'
import type { Batch, WorkerOptions } from '../protocol.ts'
import { Refused } from './refused.ts'
import { RowCache } from './row-cache.ts'
import type { Totals } from './totals.ts'

export interface Room {
  readonly id: number
  readonly name: string
  readonly epoch: string
  top: number
  topId: string
  /** Of the retained payloads. */
  bytes: number
  ttlMs: number
  forgetAt: number
  oldest: OldestEntry | undefined
  isChanged: boolean
}

export interface OldestEntry {
  readonly offset: number
  readonly at: number
  readonly prev: string
}

/** Epoch and top of each room. */
export class RoomTable {
  readonly #cache = new RowCache<Room>()
  readonly #totals: Totals
  readonly #options: WorkerOptions
  readonly #select: Database.Statement
  readonly #selectOldest: Database.Statement
  readonly #insert: Database.Statement
  readonly #update: Database.Statement
  readonly #delete: Database.Statement
  readonly #selectNext: Database.Statement

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.#totals = totals
    this.#options = options
    this.#select = database.prepare('SELECT id, epoch, top, top_id, bytes, ttl_ms, forget_at FROM room WHERE name = ?')
    this.#selectOldest = database.prepare(
      'SELECT "offset", at, prev FROM entry WHERE room = ? ORDER BY "offset" LIMIT 1',
    )
    this.#insert = database.prepare(
      `INSERT INTO room (name, epoch, top, top_id, bytes, ttl_ms, forget_at) VALUES (?, ?, 0, '', 0, ?, ?)`,
    )
    this.#update = database.prepare(
      'UPDATE room SET top = ?, top_id = ?, bytes = ?, ttl_ms = ?, forget_at = ? WHERE id = ?',
    )
    this.#delete = database.prepare('DELETE FROM room WHERE id = ?')
    this.#selectNext = database.prepare('SELECT id, name FROM room WHERE id > ? ORDER BY id LIMIT ?')
  }

  /** @throws MillraceError `OVERLOADED` where it would be one room too many. */
  find(name: string, batch: Batch): Room {
    return this.#cache.get(name) ?? this.#load(name) ?? this.#create(name, batch)
  }

  changed(room: Room): void {
    this.#cache.change(room)
  }

  /** After entries were deleted. */
  findOldest(room: Room): void {
    const row = this.#selectOldest.get([room.id]) as OldestEntry | undefined
    room.oldest = row && { offset: row.offset, at: row.at, prev: row.prev }
  }

  forget(room: Room): void {
    this.#delete.run([room.id])
    this.#cache.delete(room)
    this.#totals.add('rooms', -1)
  }

  next(cursor: number, limit: number): { id: number; name: string }[] {
    const rows = this.#selectNext.all([cursor, limit]) as { id: number; name: string }[]
    return rows.map(({ id, name }) => ({ id, name: JSON.parse(name) as string }))
  }

  save(): void {
    for (const room of this.#cache.changed) {
      this.#update.run([room.top, room.topId, room.bytes, room.ttlMs, room.forgetAt, room.id])
    }
    this.#cache.saved()
  }

  reload(): void {
    this.#cache.clear()
  }

  #load(name: string): Room | undefined {
    const row = this.#select.get([JSON.stringify(name)]) as RoomRow | undefined
    if (row === undefined) return undefined
    const { id, epoch, top, top_id: topId, bytes, ttl_ms: ttlMs, forget_at: forgetAt } = row
    const room: Room = { id, name, epoch, top, topId, bytes, ttlMs, forgetAt, oldest: undefined, isChanged: false }
    this.findOldest(room)
    return this.#cache.add(room)
  }

  #create(name: string, { epoch, now }: Batch): Room {
    const { maxRooms, metadataMs } = this.#options
    if (this.#totals.get('rooms') >= maxRooms) {
      throw new Refused('OVERLOADED', `the store holds ${maxRooms} rooms; raise maxRooms, or join fewer`)
    }
    const forgetAt = now + metadataMs
    const id = Number(this.#insert.run([JSON.stringify(name), epoch, Infinity, forgetAt]).lastInsertRowid)
    this.#totals.add('rooms', 1)
    return this.#cache.add({
      id,
      name,
      epoch,
      top: 0,
      topId: '',
      bytes: 0,
      ttlMs: Infinity,
      forgetAt,
      oldest: undefined,
      isChanged: false,
    })
  }
}

interface RoomRow {
  readonly id: number
  readonly epoch: string
  readonly top: number
  readonly top_id: string
  readonly bytes: number
  readonly ttl_ms: number
  readonly forget_at: number
}

export function topOf({ epoch, top, topId }: Room): Position {
  return { epoch, offset: top, id: topId }
}

/** The position just before the oldest retained entry; the top where none is retained. */
export function floorOf(room: Room): Position {
  return room.oldest === undefined
    ? topOf(room)
    : { epoch: room.epoch, offset: room.oldest.offset - 1, id: room.oldest.prev }
}
