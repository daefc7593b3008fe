import type Database from 'libsql'
import type { Batch, Operation, OperationOf, WorkerOptions } from '../protocol.ts'
import { BlobTable } from './blob-table.ts'
import { ClaimTable } from './claim-table.ts'
import { LogTables } from './log-tables.ts'
import { SeriesTables } from './series-tables.ts'
import { topOf } from './room-table.ts'
import { StateTable } from './state-table.ts'
import { Totals } from './totals.ts'

/** Rooms per turn of a sweep, so that appends do not wait long for it. */
const roomsPerTurn = 200

/** Keys and claims that one turn of a sweep looks at. */
const keysPerTurn = 10_000

/** Everything in the file. Each operation runs inside a transaction that the caller began. */
export class Tables {
  readonly #options: WorkerOptions
  readonly #totals: Totals
  readonly #log: LogTables
  readonly #state: StateTable
  readonly #blobs: BlobTable
  readonly #claims: ClaimTable
  readonly #series: SeriesTables

  constructor(database: Database.Database, options: WorkerOptions) {
    this.#options = options
    this.#totals = new Totals(database)
    this.#log = new LogTables(database, this.#totals, options)
    this.#state = new StateTable(database, this.#totals, options)
    this.#blobs = new BlobTable(database, this.#totals, options)
    this.#claims = new ClaimTable(database, this.#totals, options)
    this.#series = new SeriesTables(database, this.#totals, options)
  }

  /** @throws Refused Where the operation itself is at fault; it changed nothing that its neighbours rely on. */
  run(operation: Operation, batch: Batch): unknown {
    switch (operation.kind) {
      case 'append':
        return this.#log.append(operation, batch)
      case 'read':
        return this.#log.read(operation, batch)
      case 'tails':
        return operation.rooms.map((room) => topOf(this.#log.rooms.find(room, batch)))
      case 'trim':
        return this.#log.trim(operation, batch) ?? null
      case 'keep':
        return this.#log.keep(operation, batch) ?? null
      case 'rewind':
        return this.#log.rewind(operation, batch) ?? null
      case 'write':
        return this.#state.write(operation, batch)
      case 'readState':
        return this.#state.read(operation, batch)
      case 'claim':
        return this.#claims.claim(operation, batch.now)
      case 'settle':
        return this.#claims.settle(operation, batch.now) ?? null
      case 'release':
        return this.#claims.release(operation, batch.now) ?? null
      case 'forget':
        return this.#claims.forget(operation, batch.now) ?? null
      case 'abandon':
        return this.#claims.abandon(operation) ?? null
      case 'appendSamples':
        return this.#series.append(operation, batch)
      case 'readSeries':
        return this.#series.read(operation, batch)
      case 'listBlobs':
        return this.#blobs.list(operation)
      case 'readBlob':
        return this.#blobs.read(operation)
      case 'writeBlob':
        return this.#blobs.write(operation, batch.now)
      case 'removeBlob':
        return this.#blobs.remove(operation)
      case 'sweep':
        return this.#sweep(operation, batch)
      case 'sweepSeries':
        return this.#series.sweep(operation, batch, this.#options.metadataMs)
    }
  }

  /** The last step of a transaction. */
  save(now: number): void {
    this.#log.save(now)
    this.#state.rooms.save()
    this.#series.save()
    this.#totals.save()
  }

  /** After a rollback: what is in memory is read from the file again. */
  reload(): void {
    this.#log.reload()
    this.#state.rooms.reload()
    this.#series.reload()
    this.#totals.reload()
  }

  #sweep({ cursor, logRooms, stateRooms }: OperationOf<'sweep'>, batch: Batch): number | null {
    const { now } = batch
    this.#log.keys.expire(now, keysPerTurn)
    this.#claims.expire(now, keysPerTurn)
    if (cursor === 0) {
      const used = new Set(stateRooms)
      this.#state.rooms.forgetEmpty(now - this.#options.metadataMs, (name) => used.has(name))
    }
    const used = new Set(logRooms)
    const rows = this.#log.rooms.next(cursor, roomsPerTurn)
    for (const { name } of rows) {
      const room = this.#log.rooms.find(name, batch)
      this.#log.trimByAge(room, now)
      if (room.oldest === undefined && now >= room.forgetAt && !used.has(name)) this.#log.rooms.forget(room)
    }
    return rows.at(-1)?.id ?? null
  }
}
