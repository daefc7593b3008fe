import { levelsOf, Track } from '@millrace/server/series'
import type Database from 'libsql'
import { ChunkList, ChunkTable } from './chunk-list.ts'
import { numbersOf } from './numbers-of.ts'
import type { Series } from './series-table.ts'

export interface KnownTrack {
  readonly id: number
  readonly cacheKey: string
  readonly track: Track
  /** The open buckets of `track`. */
  readonly open: Float64Array
  readonly chunks: readonly ChunkList[]
  isChanged: boolean
}

/** Tracks in memory, each 2 to 3 kB; those that were not used for the longest time go first. */
const maxKnown = 10_000

/** So that the other operations of the batch do not wait long. */
export const expiredAtOnce = 1_000

/** The open buckets of each track. */
export class TrackTable {
  readonly #known = new Map<string, KnownTrack>()
  readonly #changed: KnownTrack[] = []
  readonly #chunks: ChunkTable
  readonly #select: Database.Statement
  readonly #insert: Database.Statement
  readonly #update: Database.Statement
  readonly #expired: Database.Statement
  readonly #delete: Database.Statement

  constructor(database: Database.Database) {
    this.#chunks = new ChunkTable(database)
    this.#select = database.prepare('SELECT id, open FROM series_track WHERE series = ? AND name = ?')
    this.#insert = database.prepare('INSERT INTO series_track (series, name, newest_at, open) VALUES (?, ?, ?, ?)')
    this.#update = database.prepare('UPDATE series_track SET newest_at = ?, open = ? WHERE id = ?')
    this.#expired = database.prepare(
      `SELECT id, name FROM series_track WHERE series = ? AND newest_at < ? LIMIT ${expiredAtOnce}`,
    )
    this.#delete = database.prepare('DELETE FROM series_track WHERE id = ?')
  }

  find(series: Series, name: string): KnownTrack | undefined {
    const cacheKey = cacheKeyOf(series, name)
    const known = this.#known.get(cacheKey)
    if (known !== undefined) {
      this.#known.delete(cacheKey)
      this.#known.set(cacheKey, known)
      return known
    }
    const row = this.#select.get([series.id, JSON.stringify(name)]) as { id: number; open: ArrayBuffer } | undefined
    return row && this.#add(series, cacheKey, row.id, numbersOf(row.open))
  }

  create(series: Series, name: string, at: number): KnownTrack {
    const open = new Float64Array(8 * levelsOf(series).length).fill(Number.NaN)
    const { lastInsertRowid } = this.#insert.run([series.id, JSON.stringify(name), at, bytesOf(open)])
    return this.#add(series, cacheKeyOf(series, name), Number(lastInsertRowid), open)
  }

  changed(track: KnownTrack): void {
    if (track.isChanged) return
    track.isChanged = true
    this.#changed.push(track)
  }

  /** Deletes tracks of a series that have nothing newer than `oldest`. @returns How many; `expiredAtOnce` if there may be more. */
  expire(series: Series, oldest: number): number {
    this.#write() // the query looks at the table
    const expired = this.#expired.all([series.id, oldest]) as { id: number; name: string }[]
    for (const { id, name } of expired) this.delete(id, cacheKeyOf(series, JSON.parse(name) as string))
    return expired.length
  }

  delete(id: number, cacheKey: string): void {
    this.#known.delete(cacheKey)
    this.#delete.run([id])
    this.#chunks.dropAll.run([id])
  }

  trim(id: number, levels: readonly number[], oldest: number): void {
    for (const [level, widthMs] of levels.entries()) new ChunkList(this.#chunks, id, level, widthMs).dropBefore(oldest)
  }

  save(): void {
    this.#write()
    for (const cacheKey of this.#known.keys()) {
      if (this.#known.size <= maxKnown) break
      this.#known.delete(cacheKey)
    }
  }

  reload(): void {
    this.#known.clear()
    this.#changed.length = 0
  }

  #write(): void {
    for (const changed of this.#changed) {
      changed.isChanged = false
      for (const chunk of changed.chunks) chunk.save()
      this.#update.run([changed.track.newestAt, bytesOf(changed.open), changed.id])
    }
    this.#changed.length = 0
  }

  #add(series: Series, cacheKey: string, id: number, open: Float64Array): KnownTrack {
    const levels = levelsOf(series)
    const chunks = levels.map((widthMs, level) => new ChunkList(this.#chunks, id, level, widthMs))
    const track = new Track(levels, series, { closed: chunks, open })
    const known = { id, cacheKey, track, open, chunks, isChanged: false }
    this.#known.set(cacheKey, known)
    return known
  }
}

export function cacheKeyOf({ id }: Pick<Series, 'id'>, name: string): string {
  return `${id} ${name}`
}

function bytesOf(numbers: Float64Array): Buffer {
  return Buffer.from(numbers.buffer)
}
