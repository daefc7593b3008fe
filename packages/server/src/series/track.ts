import { Bucket } from './bucket.ts'
import { chooseLevel, keptMs, type Retention } from './levels.ts'
import { PointList } from './point-list.ts'
import { thinner } from './thinner.ts'

/** `known`: equal to the newest sample, so that nothing changes. */
export type Taken = 'stored' | 'known' | 'backwards'

export interface TrackQuery {
  /** Both ends are included, ms since 1970. */
  readonly from: number
  readonly to: number
  readonly bucketMs: number
}

/** The points of closed buckets of one rollup, as `PointList`. */
export interface ClosedPoints {
  /** What it takes, as allocated. */
  readonly bytes: number
  push(points: Float64Array, from: number, to: number): void
  dropBefore(at: number): void
  visit(from: number, to: number, visit: (points: Float64Array, start: number, end: number) => void): void
}

/** What a store that keeps tracks elsewhere brings. */
export interface KeptTrack {
  /** One for each level. */
  readonly closed: readonly ClosedPoints[]
  /** Eight numbers for each level: the `samples` of its open bucket. The track goes on writing to it. */
  readonly open: Float64Array
}

/** The numbers of one field of one key over time: closed buckets of every rollup, and one open bucket each. */
export class Track {
  readonly #levels: readonly number[]
  readonly #retention: Retention
  readonly #closed: readonly ClosedPoints[]
  readonly #open: readonly Bucket[]
  /** When the open bucket of each level ends, ms since 1970. */
  readonly #ends: Float64Array
  readonly #scratch = new Float64Array(8)
  #newestAt = -Infinity
  #newestValue = Number.NaN

  /** @param levels `levelsOf` its plan. @param kept Default: nothing yet. */
  constructor(levels: readonly number[], retention: Retention, kept?: KeptTrack) {
    this.#levels = levels
    this.#retention = retention
    this.#closed = kept?.closed ?? levels.map(() => new PointList())
    this.#open = levels.map((_, level) => new Bucket(kept?.open.subarray(8 * level, 8 * level + 8)))
    this.#ends = Float64Array.from(levels, (widthMs, level) => {
      const bucket = this.#open[level] as Bucket
      return bucket.isEmpty ? -Infinity : endOf(bucket.samples[0] as number, widthMs)
    })
    const [newest] = this.#open
    if (newest === undefined || newest.isEmpty) return
    this.#newestAt = newest.samples[6] as number
    this.#newestValue = newest.samples[7] as number
  }

  /** -Infinity where there is none. */
  get newestAt(): number {
    return this.#newestAt
  }

  /** What its points take, as allocated. */
  get bytes(): number {
    return this.#closed.reduce((bytes, list) => bytes + list.bytes, this.#levels.length * 8 * 8)
  }

  add(at: number, value: number): Taken {
    if (at <= this.#newestAt) {
      if (at < this.#newestAt) return 'backwards'
      if (value === this.#newestValue) return 'known'
    }
    this.#newestAt = at
    this.#newestValue = value
    this.#fold(0, at, value)
    return 'stored'
  }

  /** How many columns may have points. */
  columnsOf({ from, to, bucketMs }: TrackQuery): number {
    const firstAt = Math.max(from, this.#newestAt - this.#retention.retentionMs)
    return Math.max(0, Math.floor((Math.min(to, this.#newestAt) - firstAt) / bucketMs) + 2)
  }

  /**
   * Thinned to columns of `bucketMs`, made of the rollup that `chooseLevel` says.
   *
   * @param room Where the points are written: see `Thinner`.
   */
  read({ from, to, bucketMs }: TrackQuery, room?: Float64Array): Float64Array {
    thinner.begin(bucketMs, room)
    const chosen = chooseLevel(this.#levels, bucketMs, this.#retention, this.#newestAt - from)
    this.#closed[chosen]?.visit(from, to, add)
    // What the chosen level has not closed yet is in its open bucket, and after that in those of the finer ones.
    for (let level = chosen; level >= 0; level--) {
      const end = this.#open[level]?.writeTo(this.#scratch, 0) ?? 0
      for (let index = 0; index < end; index += 2) {
        const at = this.#scratch[index] as number
        if (at >= from && at <= to) thinner.add(this.#scratch, index, index + 2)
      }
    }
    return thinner.finish()
  }

  /**
   * Drops what is older than all that is kept at this time, in whole chunks. What is finer went when newer came: of a track that is
   * quiet it stays, as `read` chooses by its newest sample.
   */
  sweep(now: number): void {
    for (const list of this.#closed) list.dropBefore(now - this.#retention.retentionMs)
  }

  #fold(level: number, at: number, value: number): void {
    const bucket = this.#open[level] as Bucket
    if (at < (this.#ends[level] as number)) return bucket.add(at, value)
    this.#close(level)
    const widthMs = this.#levels[level] as number
    this.#ends[level] = endOf(at, widthMs)
    bucket.begin(at, value)
  }

  #close(level: number): void {
    const closed = this.#closed[level] as ClosedPoints
    const end = (this.#open[level] as Bucket).writeTo(this.#scratch, 0)
    if (end === 0) return
    closed.push(this.#scratch, 0, end)
    closed.dropBefore(this.#newestAt - keptMs(this.#retention, level))
    if (level + 1 === this.#levels.length) return
    // Deeper levels write to the scratch.
    const points = this.#scratch.slice(0, end)
    for (let index = 0; index < end; index += 2)
      this.#fold(level + 1, points[index] as number, points[index + 1] as number)
  }
}

function add(points: Float64Array, start: number, end: number): void {
  thinner.add(points, start, end)
}

function endOf(at: number, widthMs: number): number {
  return (Math.floor(at / widthMs) + 1) * widthMs
}
