import type { StatePosition } from '@millrace/contract'
import type { Payload, StateUpdate, StateValue } from '@millrace/server'
import type Database from 'libsql'
import type { Batch, OperationOf, WorkerOptions } from '../protocol.ts'
import { detach } from './entry-table.ts'
import { Refused } from './refused.ts'
import { StateRoomTable, type StateRoom } from './state-room-table.ts'
import type { Totals } from './totals.ts'

interface ValueRow {
  readonly place: string
  readonly payload: Payload | null
}

/** Keyed state: the value of each place, and the places of the last versions. */
export class StateTable {
  readonly rooms: StateRoomTable
  readonly #maxChanges: number
  readonly #has: Database.Statement
  readonly #put: Database.Statement
  readonly #remove: Database.Statement
  readonly #values: Database.Statement
  readonly #insertChange: Database.Statement
  readonly #deleteChange: Database.Statement
  readonly #change: Database.Statement
  readonly #changed: Database.Statement

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.rooms = new StateRoomTable(database, totals, options.maxRooms)
    this.#maxChanges = options.maxStateChanges
    this.#has = database.prepare('SELECT 1 FROM state_value WHERE room = ? AND place = ?')
    this.#put = database.prepare(`INSERT INTO state_value (room, place, version, payload) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET version = excluded.version, payload = excluded.payload`)
    this.#remove = database.prepare('DELETE FROM state_value WHERE room = ? AND place = ?')
    this.#values = database.prepare('SELECT place, payload FROM state_value WHERE room = ? ORDER BY version')
    this.#insertChange = database.prepare('INSERT INTO state_change (room, version, prev, place) VALUES (?, ?, ?, ?)')
    this.#deleteChange = database.prepare('DELETE FROM state_change WHERE room = ? AND version <= ?')
    this.#change = database.prepare('SELECT prev FROM state_change WHERE room = ? AND version = ?')
    this.#changed = database.prepare(`SELECT c.place, v.payload
      FROM (SELECT place, max(version) AS version FROM state_change WHERE room = ? AND version > ? GROUP BY place) c
      LEFT JOIN state_value v ON v.room = ? AND v.place = c.place ORDER BY c.version`)
  }

  write({ room: name, value, maxKeys, id }: OperationOf<'write'>, batch: Batch): StatePosition {
    const room = this.rooms.find(name, batch)
    const place = JSON.stringify([value.name, value.key])
    const isKnown = this.#has.get([room.id, place]) !== undefined
    if (value.payload !== null && !isKnown && room.keys >= maxKeys) {
      throw new Refused('OVERLOADED', `the room holds ${maxKeys} keys; remove one first`)
    }
    const version = room.version + 1
    if (value.payload !== null) this.#put.run([room.id, place, version, value.payload])
    else if (isKnown) this.#remove.run([room.id, place])
    room.keys += Number(value.payload !== null) - Number(isKnown)
    this.#insertChange.run([room.id, version, room.versionId, place])
    this.#deleteChange.run([room.id, version - this.#maxChanges])
    room.version = version
    room.versionId = id
    room.writtenAt = batch.now
    this.rooms.changed(room)
    return positionOf(room)
  }

  read({ room: name, since }: OperationOf<'readState'>, batch: Batch): StateUpdate {
    const room = this.rooms.find(name, batch)
    if (since === undefined || !this.#knows(room, since)) {
      return { ...positionOf(room), kind: 'replace', values: this.#decode(this.#values.all([room.id])) }
    }
    return {
      ...positionOf(room),
      kind: 'change',
      values: this.#decode(this.#changed.all([room.id, since.version, room.id])),
    }
  }

  #knows(room: StateRoom, since: StatePosition): boolean {
    if (since.epoch !== room.epoch || since.version > room.version) return false
    if (since.version === room.version) return since.id === room.versionId
    const next = this.#change.get([room.id, since.version + 1]) as { prev: string } | undefined
    return next?.prev === since.id
  }

  #decode(rows: unknown[]): StateValue[] {
    return (rows as ValueRow[]).map(({ place, payload }) => {
      const [name, key] = JSON.parse(place) as [string, string]
      return { name, key, payload: payload === null ? null : detach(payload) }
    })
  }
}

function positionOf({ epoch, version, versionId }: StateRoom): StatePosition {
  return { epoch, version, id: versionId }
}
