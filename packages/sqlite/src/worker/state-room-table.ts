import type Database from 'libsql'
import type { Batch } from '../protocol.ts'
import { Refused } from './refused.ts'
import { RowCache } from './row-cache.ts'
import type { Totals } from './totals.ts'

export interface StateRoom {
  readonly id: number
  readonly name: string
  readonly epoch: string
  version: number
  versionId: string
  keys: number
  writtenAt: number
  isChanged: boolean
}

/** Epoch and version of each room's keyed state. */
export class StateRoomTable {
  readonly #cache = new RowCache<StateRoom>()
  readonly #totals: Totals
  readonly #maxRooms: number
  readonly #select: Database.Statement
  readonly #insert: Database.Statement
  readonly #update: Database.Statement
  readonly #empty: Database.Statement
  readonly #deletes: readonly Database.Statement[]

  constructor(database: Database.Database, totals: Totals, maxRooms: number) {
    this.#totals = totals
    this.#maxRooms = maxRooms
    this.#select = database.prepare(
      'SELECT id, epoch, version, version_id, keys, written_at FROM state_room WHERE name = ?',
    )
    this.#insert = database.prepare(
      `INSERT INTO state_room (name, epoch, version, version_id, keys, written_at) VALUES (?, ?, 0, '', 0, ?)`,
    )
    this.#update = database.prepare(
      'UPDATE state_room SET version = ?, version_id = ?, keys = ?, written_at = ? WHERE id = ?',
    )
    this.#empty = database.prepare('SELECT name FROM state_room WHERE keys = 0 AND written_at <= ?')
    this.#deletes = ['DELETE FROM state_change WHERE room = ?', 'DELETE FROM state_room WHERE id = ?'].map((text) =>
      database.prepare(text),
    )
  }

  find(name: string, batch: Batch): StateRoom {
    return this.#cache.get(name) ?? this.#load(name) ?? this.#create(name, batch)
  }

  changed(room: StateRoom): void {
    this.#cache.change(room)
  }

  /** Forgets rooms without any value that were last written at `writtenAt` or before. */
  forgetEmpty(writtenAt: number, isUsed: (name: string) => boolean): void {
    this.save() // the query looks at the table
    for (const row of this.#empty.all([writtenAt]) as { name: string }[]) {
      const name = JSON.parse(row.name) as string
      const room = isUsed(name) ? undefined : this.#load(name)
      if (room === undefined) continue
      for (const statement of this.#deletes) statement.run([room.id])
      this.#cache.delete(room)
      this.#totals.add('stateRooms', -1)
    }
  }

  save(): void {
    for (const { version, versionId, keys, writtenAt, id } of this.#cache.changed) {
      this.#update.run([version, versionId, keys, writtenAt, id])
    }
    this.#cache.saved()
  }

  reload(): void {
    this.#cache.clear()
  }

  #load(name: string): StateRoom | undefined {
    const row = this.#select.get([JSON.stringify(name)]) as StateRoomRow | undefined
    if (row === undefined) return undefined
    const { id, epoch, version, version_id: versionId, keys, written_at: writtenAt } = row
    return this.#cache.add({ id, name, epoch, version, versionId, keys, writtenAt, isChanged: false })
  }

  #create(name: string, { epoch, now }: Batch): StateRoom {
    if (this.#totals.get('stateRooms') >= this.#maxRooms) {
      throw new Refused(
        'OVERLOADED',
        `the store holds the state of ${this.#maxRooms} rooms; raise maxRooms, or join fewer`,
      )
    }
    const id = Number(this.#insert.run([JSON.stringify(name), epoch, now]).lastInsertRowid)
    this.#totals.add('stateRooms', 1)
    return this.#cache.add({ id, name, epoch, version: 0, versionId: '', keys: 0, writtenAt: now, isChanged: false })
  }
}

interface StateRoomRow {
  readonly id: number
  readonly epoch: string
  readonly version: number
  readonly version_id: string
  readonly keys: number
  readonly written_at: number
}
