import type { Entry, Payload } from '@millrace/server'
import type Database from 'libsql'
import type { OldestEntry, Room } from './room-table.ts'

export interface EntrySize {
  readonly offset: number
  readonly bytes: number
}

interface EntryRow {
  readonly offset: number
  readonly id: string
  readonly prev: string
  readonly at: number
  readonly head: string
  readonly payload: string | Uint8Array
}

/** The statements on entries. */
export class EntryTable {
  readonly #insert: Database.Statement
  readonly #id: Database.Statement
  readonly #sizesAfter: Database.Statement
  readonly #sizesBefore: Database.Statement
  readonly #range: Database.Statement
  readonly #oldest: Database.Statement
  readonly #deleteThrough: Database.Statement
  readonly #bytesAfter: Database.Statement
  readonly #deleteAfter: Database.Statement

  constructor(database: Database.Database) {
    const where = 'FROM entry WHERE room = ?'
    this.#insert = database.prepare(
      'INSERT INTO entry (room, "offset", id, prev, at, head, bytes, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    this.#id = database.prepare(`SELECT id ${where} AND "offset" = ?`)
    this.#sizesAfter = database.prepare(`SELECT "offset", bytes ${where} AND "offset" > ? ORDER BY "offset" LIMIT ?`)
    this.#sizesBefore = database.prepare(
      `SELECT "offset", bytes ${where} AND "offset" < ? ORDER BY "offset" DESC LIMIT ?`,
    )
    this.#range = database.prepare(
      `SELECT "offset", id, prev, at, head, payload ${where} AND "offset" BETWEEN ? AND ? ORDER BY "offset"`,
    )
    this.#oldest = database.prepare(`SELECT "offset", at, prev, bytes ${where} ORDER BY "offset" LIMIT ?`)
    this.#deleteThrough = database.prepare(`DELETE ${where} AND "offset" <= ?`)
    this.#bytesAfter = database.prepare(`SELECT coalesce(sum(bytes), 0) AS bytes ${where} AND "offset" > ?`)
    this.#deleteAfter = database.prepare(`DELETE ${where} AND "offset" > ?`)
  }

  insert(room: Room, entry: Omit<Entry, 'epoch'>, bytes: number): void {
    const { offset, id, prev, at, key, from, name, payload } = entry
    this.#insert.run([room.id, offset, id, prev, at, JSON.stringify([key, from, name]), bytes, payload])
  }

  idAt(room: Room, offset: number): string | undefined {
    return (this.#id.get([room.id, offset]) as { id: string } | undefined)?.id
  }

  sizesAfter(room: Room, offset: number, limit: number): EntrySize[] {
    return this.#sizesAfter.all([room.id, offset, limit]) as EntrySize[]
  }

  sizesBefore(room: Room, offset: number, limit: number): EntrySize[] {
    return this.#sizesBefore.all([room.id, offset, limit]) as EntrySize[]
  }

  range(room: Room, first: number, last: number): Entry[] {
    return (this.#range.all([room.id, first, last]) as EntryRow[]).map(({ offset, id, prev, at, head, payload }) => {
      const [key, from, name] = JSON.parse(head) as [string | null, string | null, string]
      return { epoch: room.epoch, offset, id, prev, key, at, from, name, payload: detach(payload) }
    })
  }

  oldest(room: Room, limit: number): (OldestEntry & EntrySize)[] {
    return this.#oldest.all([room.id, limit]) as (OldestEntry & EntrySize)[]
  }

  deleteThrough(room: Room, offset: number): void {
    this.#deleteThrough.run([room.id, offset])
  }

  /** @returns The payload bytes that were deleted. */
  deleteAfter(room: Room, offset: number): number {
    const { bytes } = this.#bytesAfter.get([room.id, offset]) as { bytes: number }
    this.#deleteAfter.run([room.id, offset])
    return bytes
  }
}

/** A Buffer may share its memory with others, and a message between threads copies all of it. */
export function detach(payload: Payload): Payload {
  return typeof payload === 'string' ? payload : new Uint8Array(payload)
}
