import type { SeriesAppended, SeriesPage, SeriesPlan } from '@millrace/server'
import { keptMs, levelsOf, readTracks } from '@millrace/server/series'
import type Database from 'libsql'
import type { Batch, OperationOf, SamplesAnswer, WorkerOptions } from '../protocol.ts'
import { hasBucketsOf, SeriesTable, type Series } from './series-table.ts'
import type { Totals } from './totals.ts'
import { cacheKeyOf, expiredAtOnce, TrackTable, type KnownTrack } from './track-table.ts'

/** Tracks per turn of a sweep. */
const tracksPerTurn = 200

/** Between looking for expired tracks of a full series, ms. */
const fullSweepMs = 60_000

interface SweptTrack {
  readonly id: number
  readonly series: number
  readonly name: string
  readonly newestAt: number
  readonly stepMs: number
  readonly retentionMs: number
}

/** All that series keep. */
export class SeriesTables {
  readonly #series: SeriesTable
  readonly #tracks: TrackTable
  readonly #next: Database.Statement

  constructor(database: Database.Database, totals: Totals, options: WorkerOptions) {
    this.#series = new SeriesTable(database, totals, options.maxRooms)
    this.#tracks = new TrackTable(database)
    this.#next = database.prepare(`SELECT t.id, t.series, t.name, t.newest_at AS newestAt, s.step_ms AS stepMs,
      s.retention_ms AS retentionMs FROM series_track t JOIN series s ON s.id = t.series WHERE t.id > ? ORDER BY t.id LIMIT ?`)
  }

  append(
    { series: seriesName, plan, tracks, places, numbers }: OperationOf<'appendSamples'>,
    batch: Batch,
  ): SamplesAnswer {
    const series = this.#series.planned(seriesName, plan, batch)
    this.#replan(series, plan.retentionMs, plan)
    const known: (KnownTrack | undefined)[] = []
    const refused: SeriesAppended['refused'][number][] = []
    const passed: number[] = []
    for (const [index, place] of places.entries()) {
      const at = numbers[2 * index] as number
      const name = tracks[place] as string
      known[place] ??= this.#tracks.find(series, name)
      if (known[place] === undefined && this.#makeRoom(series, plan.maxTracks, batch)) known.length = 0
      const track = (known[place] ??= this.#create(series, name, at, plan.maxTracks))
      const taken = track?.track.add(at, numbers[2 * index + 1] as number) ?? 'full'
      if (taken === 'stored' && track !== undefined) {
        this.#tracks.changed(track)
        continue
      }
      passed.push(index)
      if (taken === 'backwards' || taken === 'full') refused.push({ index, why: taken })
    }
    if (passed.length < places.length) {
      series.version++
      this.#series.used(series, batch)
    }
    return { position: { epoch: series.epoch, version: series.version }, refused, passed }
  }

  read({ series: name, query, plan }: OperationOf<'readSeries'>, batch: Batch): SeriesPage {
    const series = this.#series.find(name, plan, batch)
    const isPlanned = hasBucketsOf(series, plan)
    if (isPlanned) this.#replan(series, series.retentionMs, plan)
    const from = Math.max(query.from, batch.now - plan.retentionMs)
    const known = query.tracks.map((track) => (isPlanned ? this.#tracks.find(series, track)?.track : undefined))
    const tracks = readTracks(known, { from, to: query.to, bucketMs: query.bucketMs })
    return { position: { epoch: series.epoch, version: series.version }, tracks }
  }

  /** @returns The next cursor, null at the end. */
  sweep({ cursor, used }: OperationOf<'sweepSeries'>, { now }: Batch, keptMs: number): number | null {
    this.save()
    const rows = this.#next.all([cursor, tracksPerTurn]) as SweptTrack[]
    for (const { id, series, name, newestAt, stepMs, retentionMs } of rows) {
      const oldest = now - retentionMs
      if (newestAt >= oldest) this.#tracks.trim(id, levelsOf({ stepMs, retentionMs }), oldest)
      else this.#tracks.delete(id, cacheKeyOf({ id: series }, JSON.parse(name) as string))
    }
    // How many tracks a series has is counted anew.
    this.#series.reload()
    if (rows.length > 0) return rows.at(-1)?.id ?? null
    const isUsed = new Set(used)
    this.#series.forgetEmpty(now - keptMs, (name) => isUsed.has(name))
    return null
  }

  save(): void {
    this.#tracks.save()
    this.#series.save()
  }

  reload(): void {
    this.#tracks.reload()
    this.#series.reload()
  }

  /** Deletes tracks that have expired where there is room for no other. @returns Whether some were; they are found no more. */
  #makeRoom(series: Series, maxTracks: number, { now }: Batch): boolean {
    if (series.tracks < maxTracks) return false
    if (now < series.sweptAt + Math.min(fullSweepMs, series.retentionMs / 16)) return false
    const expired = this.#tracks.expire(series, now - series.retentionMs)
    series.tracks -= expired
    if (expired < expiredAtOnce) series.sweptAt = now
    return expired > 0
  }

  #create(series: Series, name: string, at: number, maxTracks: number): KnownTrack | undefined {
    if (series.tracks >= maxTracks) return undefined
    series.tracks++
    return this.#tracks.create(series, name, at)
  }

  #replan(series: Series, retentionMs: number, plan: SeriesPlan): void {
    const stepRetentionMs = keptMs(plan, 0)
    if (series.retentionMs === retentionMs && series.stepRetentionMs === stepRetentionMs) return
    this.#tracks.save()
    this.#tracks.reload()
    series.retentionMs = retentionMs
    series.stepRetentionMs = stepRetentionMs
  }
}
