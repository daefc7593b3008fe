import type { SeriesPlan } from '@millrace/server'
import { keptMs, levelsOf } from '@millrace/server/series'
import type Database from 'libsql'
import type { Batch } from '../protocol.ts'
import { Refused } from './refused.ts'
import { RowCache } from './row-cache.ts'
import type { Totals } from './totals.ts'

export interface Series {
  readonly id: number
  readonly name: string
  readonly epoch: string
  readonly stepMs: number
  retentionMs: number
  /** As the last plan says; the table does not hold it. */
  stepRetentionMs: number
  version: number
  tracks: number
  /** When something was appended, or read after a day without, ms since 1970. */
  usedAt: number
  /** When its tracks were last looked through for expired ones. */
  sweptAt: number
  isChanged: boolean
}

/** How often a read is noted, ms; series are kept for 30 days without any. */
const noteMs = 86_400_000

/** Epoch, version and plan of each series. */
export class SeriesTable {
  readonly #cache = new RowCache<Series>()
  readonly #totals: Totals
  readonly #maxSeries: number
  readonly #select: Database.Statement
  readonly #insert: Database.Statement
  readonly #update: Database.Statement
  readonly #abandon: Database.Statement
  readonly #empty: Database.Statement
  readonly #delete: Database.Statement

  constructor(database: Database.Database, totals: Totals, maxSeries: number) {
    this.#totals = totals
    this.#maxSeries = maxSeries
    this.#select =
      database.prepare(`SELECT id, epoch, version, step_ms AS stepMs, retention_ms AS retentionMs, used_at AS usedAt,
      (SELECT count(*) FROM series_track WHERE series = series.id) AS tracks FROM series WHERE name = ?`)
    this.#insert = database.prepare(
      'INSERT INTO series (name, epoch, version, step_ms, retention_ms, used_at) VALUES (?, ?, 0, ?, ?, ?)',
    )
    this.#update = database.prepare('UPDATE series SET version = ?, retention_ms = ?, used_at = ? WHERE id = ?')
    // No series has an array for a name. Its tracks expire at once, and the next sweep takes them away.
    this.#abandon = database.prepare(
      `UPDATE series SET name = json_array(id), retention_ms = -1e15, used_at = 0 WHERE id = ?`,
    )
    this.#empty = database.prepare(`SELECT id, name FROM series
      WHERE used_at <= ? AND NOT EXISTS (SELECT 1 FROM series_track WHERE series = series.id)`)
    this.#delete = database.prepare('DELETE FROM series WHERE id = ?')
  }

  find(name: string, plan: SeriesPlan, batch: Batch): Series {
    const series = this.#cache.get(name) ?? this.#load(name) ?? this.#create(name, plan, batch)
    if (batch.now >= series.usedAt + noteMs) this.used(series, batch)
    return series
  }

  /** The series for samples of that plan, which begins anew where its buckets are of other widths. */
  planned(name: string, plan: SeriesPlan, batch: Batch): Series {
    const series = this.find(name, plan, batch)
    if (hasBucketsOf(series, plan)) return series
    this.#abandon.run([series.id])
    this.#cache.delete(series)
    this.#totals.add('series', -1)
    return this.#create(name, plan, batch)
  }

  used(series: Series, { now }: Batch): void {
    series.usedAt = now
    this.#cache.change(series)
  }

  /** Forgets series without any track that were last used at `usedAt` or before. */
  forgetEmpty(usedAt: number, isUsed: (name: string) => boolean): void {
    this.save() // the query looks at the table
    for (const { id, name: text } of this.#empty.all([usedAt]) as { id: number; name: string }[]) {
      const name: unknown = JSON.parse(text)
      if (typeof name === 'string') {
        if (isUsed(name)) continue
        this.#totals.add('series', -1)
      }
      this.#delete.run([id])
    }
    this.reload()
  }

  save(): void {
    for (const { version, retentionMs, usedAt, id } of this.#cache.changed)
      this.#update.run([version, retentionMs, usedAt, id])
    this.#cache.saved()
  }

  reload(): void {
    this.#cache.clear()
  }

  #load(name: string): Series | undefined {
    const row = this.#select.get([JSON.stringify(name)]) as SeriesRow | undefined
    const stepRetentionMs = row?.retentionMs ?? 0
    return row && this.#cache.add({ ...row, stepRetentionMs, name, sweptAt: -Infinity, isChanged: false })
  }

  #create(name: string, plan: SeriesPlan, { epoch, now }: Batch): Series {
    if (this.#totals.get('series') >= this.#maxSeries)
      throw new Refused('OVERLOADED', `the store holds ${this.#maxSeries} series; raise maxRooms, or use fewer`)
    const { stepMs, retentionMs } = plan
    const { lastInsertRowid } = this.#insert.run([JSON.stringify(name), epoch, stepMs, retentionMs, now])
    this.#totals.add('series', 1)
    const fresh = { version: 0, tracks: 0, usedAt: now, sweptAt: now, isChanged: false }
    return this.#cache.add({
      id: Number(lastInsertRowid),
      name,
      epoch,
      stepMs,
      retentionMs,
      stepRetentionMs: keptMs(plan, 0),
      ...fresh,
    })
  }
}

export function hasBucketsOf(series: Series, plan: SeriesPlan): boolean {
  return series.stepMs === plan.stepMs && levelsOf(series).length === levelsOf(plan).length
}

type SeriesRow = Omit<Series, 'name' | 'stepRetentionMs' | 'sweptAt' | 'isChanged'>
