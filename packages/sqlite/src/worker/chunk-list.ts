import { firstNotBefore, type ClosedPoints } from '@millrace/server/series'
import type Database from 'libsql'
import { numbersOf } from './numbers-of.ts'

/**
 * Buckets of one chunk, which is written anew with each bucket that closes: of the finest rollup, where that is often, some pages
 * of the file at most; of the others more, so that a view reads few rows.
 */
const bucketsPerChunk = [128, 256]

/** The statements on chunks. */
export class ChunkTable {
  readonly append: Database.Statement
  readonly read: Database.Statement
  readonly dropBefore: Database.Statement
  readonly dropAll: Database.Statement

  constructor(database: Database.Database) {
    this.append = database.prepare(`INSERT INTO series_chunk (track, level, start, points) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET points = CAST(points || excluded.points AS BLOB)`)
    this.read = database.prepare(
      'SELECT points FROM series_chunk WHERE track = ? AND level = ? AND start BETWEEN ? AND ? ORDER BY start',
    )
    this.dropBefore = database.prepare('DELETE FROM series_chunk WHERE track = ? AND level = ? AND start < ?')
    this.dropAll = database.prepare('DELETE FROM series_chunk WHERE track = ?')
  }
}

/** The closed points of one rollup of a track, in chunks of fixed spans of time. */
export class ChunkList implements ClosedPoints {
  readonly #table: ChunkTable
  readonly #track: number
  readonly #level: number
  readonly #spanMs: number
  /** Of the chunk that begins at `start`, and not yet in the table. */
  #pending: number[] = []
  #start = 0
  #keptFrom = -Infinity

  constructor(table: ChunkTable, track: number, level: number, widthMs: number) {
    this.#table = table
    this.#track = track
    this.#level = level
    this.#spanMs = widthMs * (bucketsPerChunk[Math.min(level, 1)] as number)
  }

  get bytes(): number {
    return this.#pending.length * 8
  }

  /** @param points Of one bucket. */
  push(points: Float64Array, from: number, to: number): void {
    const start = this.#startOf(points[from] as number)
    if (start !== this.#start) this.save()
    this.#start = start
    for (let index = from; index < to; index++) this.#pending.push(points[index] as number)
  }

  dropBefore(at: number): void {
    const keptFrom = this.#startOf(at)
    if (keptFrom <= this.#keptFrom) return
    this.#keptFrom = keptFrom
    this.#table.dropBefore.run([this.#track, this.#level, keptFrom])
  }

  visit(from: number, to: number, visit: (points: Float64Array, start: number, end: number) => void): void {
    this.save()
    const first = this.#startOf(Math.max(from, Number.MIN_SAFE_INTEGER))
    const rows = this.#table.read.all([this.#track, this.#level, first, Math.min(to, Number.MAX_SAFE_INTEGER)])
    for (const { points } of rows as { points: ArrayBuffer }[]) {
      const numbers = numbersOf(points)
      const start = firstNotBefore(numbers, numbers.length, from)
      const end = firstNotBefore(numbers, numbers.length, to + 1)
      if (start < end) visit(numbers, start, end)
    }
  }

  /** Writes what the table lacks. */
  save(): void {
    if (this.#pending.length === 0) return
    const points = Buffer.from(Float64Array.from(this.#pending).buffer)
    this.#table.append.run([this.#track, this.#level, this.#start, points])
    this.#pending = []
  }

  #startOf(at: number): number {
    return Math.floor(at / this.#spanMs) * this.#spanMs
  }
}
