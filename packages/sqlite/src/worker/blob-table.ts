import type { Blob, BlobInfo, BlobWritten } from '@millrace/server'
import type Database from 'libsql'
import type { OperationOf, WorkerOptions } from '../protocol.ts'
import { Refused } from './refused.ts'
import type { Totals } from './totals.ts'

interface BlobRow {
  readonly name: string
  readonly revision: string
  readonly at: number
  readonly byte_length: number
}

/** Named bytes of rooms. */
export class BlobTable {
  readonly #totals: Totals
  readonly #options: WorkerOptions
  readonly #list: Database.Statement
  readonly #read: Database.Statement
  readonly #revision: Database.Statement
  readonly #count: Database.Statement
  readonly #write: Database.Statement
  readonly #remove: Database.Statement

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.#totals = totals
    this.#options = options
    const info = 'name, revision, at, byte_length'
    this.#list = database.prepare(`SELECT ${info} FROM blob WHERE room = ? ORDER BY name`)
    this.#read = database.prepare(`SELECT ${info}, bytes FROM blob WHERE room = ? AND name = ?`)
    this.#revision = database.prepare('SELECT revision FROM blob WHERE room = ? AND name = ?')
    this.#count = database.prepare('SELECT count(*) AS count FROM blob WHERE room = ?')
    this.#write = database.prepare(`INSERT INTO blob (room, ${info}, bytes) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET revision = excluded.revision, at = excluded.at, byte_length = excluded.byte_length,
        bytes = excluded.bytes`)
    this.#remove = database.prepare('DELETE FROM blob WHERE room = ? AND name = ?')
  }

  list({ room, prefix }: OperationOf<'listBlobs'>): BlobInfo[] {
    const rows = this.#list.all([JSON.stringify(room)]) as BlobRow[]
    return rows.filter(({ name }) => name.startsWith(prefix)).map(infoOf)
  }

  read({ room, name }: OperationOf<'readBlob'>): Blob | undefined {
    const row = this.#read.get([JSON.stringify(room), name]) as
      | (BlobRow & { readonly bytes: Uint8Array | ArrayBuffer })
      | undefined
    return row && { ...infoOf(row), bytes: ownBytes(row.bytes) }
  }

  write({ room, name, bytes, replaces, revision }: OperationOf<'writeBlob'>, now: number): BlobWritten {
    const place = JSON.stringify(room)
    const known = this.#revisionOf(place, name)
    if (known !== replaces) return { isWritten: false, revision: known }
    if (known === null) this.#assertSpace(place)
    this.#write.run([place, name, revision, now, bytes.byteLength, bytes])
    return { isWritten: true, revision }
  }

  remove({ room, name, revision }: OperationOf<'removeBlob'>): boolean {
    const place = JSON.stringify(room)
    const known = this.#revisionOf(place, name)
    if (known === null || (revision !== undefined && revision !== known)) return false
    this.#remove.run([place, name])
    if (this.#countOf(place) === 0) this.#totals.add('blobRooms', -1)
    return true
  }

  /** For one name more, perhaps the first of its room. */
  #assertSpace(place: string): void {
    const { maxRooms, maxBlobs } = this.#options
    const count = this.#countOf(place)
    if (count >= maxBlobs)
      throw new Refused('OVERLOADED', `the room keeps bytes under ${maxBlobs} names; remove one first`)
    if (count > 0) return
    if (this.#totals.get('blobRooms') >= maxRooms)
      throw new Refused('OVERLOADED', `the store keeps bytes of ${maxRooms} rooms; raise maxRooms, or use fewer`)
    this.#totals.add('blobRooms', 1)
  }

  #revisionOf(place: string, name: string): string | null {
    return (this.#revision.get([place, name]) as { revision: string } | undefined)?.revision ?? null
  }

  #countOf(place: string): number {
    return (this.#count.get([place]) as { count: number }).count
  }
}

function infoOf({ name, revision, at, byte_length: byteLength }: BlobRow): BlobInfo {
  return { name, revision, at, byteLength }
}

/** Memory that may move to another thread: libsql gives an ArrayBuffer of its own, or a Buffer that may share one. */
function ownBytes(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(bytes)
}
