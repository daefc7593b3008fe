import { createHash } from 'node:crypto'
import type { Append } from '@millrace/server'
import type Database from 'libsql'
import type { StoredEntry, WorkerOptions } from '../protocol.ts'
import { Refused } from './refused.ts'
import type { Room } from './room-table.ts'
import type { Totals } from './totals.ts'

interface KeyRow {
  readonly serial: number
  readonly offset: number
  readonly id: string
  readonly prev: string
  readonly at: number
  readonly digest: string
}

/** What tells uses of a key apart. */
export interface AppendKey {
  readonly scope: string
  readonly digest: string
}

export function appendKeyOf({ from, name, key, payload }: Append): AppendKey {
  const kind = typeof payload === 'string' ? 'text ' : 'bytes '
  return {
    scope: JSON.stringify([from, name, key]),
    digest: createHash('sha256').update(kind).update(payload).digest('base64'),
  }
}

/** Which appends were made under a key in the last minutes of wall time. Rows are in the order of their first use. */
export class AppendKeys {
  readonly #totals: Totals
  readonly #options: WorkerOptions
  readonly #select: Database.Statement
  readonly #insert: Database.Statement
  readonly #delete: Database.Statement
  readonly #selectFirst: Database.Statement
  readonly #deleteFirst: Database.Statement
  readonly #deleteAfter: Database.Statement

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.#totals = totals
    this.#options = options
    this.#select = database.prepare(
      'SELECT serial, "offset", id, prev, at, digest FROM append_key WHERE room = ? AND scope = ?',
    )
    this.#insert = database.prepare(
      'INSERT INTO append_key (room, scope, "offset", id, prev, at, digest) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#delete = database.prepare('DELETE FROM append_key WHERE serial = ?')
    this.#selectFirst = database.prepare('SELECT serial, at FROM append_key ORDER BY serial LIMIT ?')
    this.#deleteFirst = database.prepare('DELETE FROM append_key WHERE serial <= ?')
    this.#deleteAfter = database.prepare('DELETE FROM append_key WHERE room = ? AND "offset" > ?')
  }

  find(room: Room, key: AppendKey, now: number): StoredEntry | undefined {
    const row = this.#select.get([room.id, key.scope]) as KeyRow | undefined
    if (row === undefined) return undefined
    if (row.at <= now - this.#options.keyWindowMs) {
      this.#delete.run([row.serial])
      this.#totals.add('appendKeys', -1)
      return undefined
    }
    if (row.digest !== key.digest)
      throw new Refused('INVALID_INPUT', 'the key was used with another payload; take a new key')
    return { epoch: room.epoch, offset: row.offset, id: row.id, prev: row.prev, at: row.at, duplicate: true }
  }

  assertRoom(now: number): void {
    const { maxKeys } = this.#options
    if (this.#totals.get('appendKeys') >= maxKeys) this.expire(now, 1_000)
    if (this.#totals.get('appendKeys') < maxKeys) return
    throw new Refused(
      'OVERLOADED',
      `the store remembers ${maxKeys} keys of the last 5 minutes and takes no more; retry later`,
    )
  }

  add(room: Room, key: AppendKey, stored: StoredEntry): void {
    const { offset, id, prev, at } = stored
    this.#insert.run([room.id, key.scope, offset, id, prev, at, key.digest])
    this.#totals.add('appendKeys', 1)
  }

  /** @param limit Rows that are looked at; the work of one call is bounded. */
  expire(now: number, limit: number): void {
    const rows = this.#selectFirst.all([limit]) as { serial: number; at: number }[]
    const firstKept = rows.findIndex(({ at }) => at > now - this.#options.keyWindowMs)
    const expired = firstKept === -1 ? rows : rows.slice(0, firstKept)
    const last = expired.at(-1)
    if (last === undefined) return
    this.#deleteFirst.run([last.serial])
    this.#totals.add('appendKeys', -expired.length)
  }

  forgetAfter(room: Room, offset: number): void {
    this.#totals.add('appendKeys', -this.#deleteAfter.run([room.id, offset]).changes)
  }
}
