import type { Subscription } from './event-log.ts'

/** What a series keeps; the same for every call that names it. */
export interface SeriesPlan {
  /** The finest resolution, ms. */
  readonly stepMs: number
  readonly retentionMs: number
  /** How long the finest resolution is kept. Default `retentionMs`. */
  readonly stepRetentionMs?: number
  /** One field of one key is a track. */
  readonly maxTracks: number
}

export interface Sample {
  /** `field key`. */
  readonly track: string
  /** ms since 1970, whole. */
  readonly at: number
  /** Finite. */
  readonly value: number
}

export interface SeriesPosition {
  /** Drawn when the series is made; another one means that what was known is gone. */
  readonly epoch: string
  /** Counts the appends that stored something. */
  readonly version: number
}

export interface SeriesAppended {
  readonly position: SeriesPosition
  /**
   * Samples that were not stored, by their index. `backwards`: older than the newest of their track. `full`: one track more
   * than `maxTracks`.
   */
  readonly refused: readonly { readonly index: number; readonly why: 'backwards' | 'full' }[]
}

export interface SeriesQuery {
  readonly tracks: readonly string[]
  /** Both ends are included, ms since 1970. */
  readonly from: number
  readonly to: number
  /** The widest rollup that may answer, see `chooseLevel`. */
  readonly bucketMs: number
}

export interface SeriesPage {
  readonly position: SeriesPosition
  /** Of each track that was asked for: time, value, time, value.. in ascending time. Unknown tracks are empty. */
  readonly tracks: readonly Float64Array[]
  /** Nobody looks at the tracks any more: their memory may serve another read. Need not be called. */
  release?(): void
}

export interface SeriesListener {
  /** What one append stored, in its order; the positions of a subscription rise by one version each. */
  samples(samples: readonly Sample[], position: SeriesPosition): void
  /** Samples were lost on their way: read again. */
  missed?(): void
}

/**
 * Numbers over time. Of each track and step the first, least, greatest and last sample are kept, and rollups of steps
 * likewise, all of them no longer than `retentionMs`, and steps no longer than `stepRetentionMs`; what is older is not answered.
 */
export interface TimeSeries {
  /**
   * Stores all samples that can be, in one step. Rejects with `UNAVAILABLE` (nothing was stored) or `OUTCOME_UNKNOWN`; a sample
   * that is sent twice changes nothing.
   */
  append(series: string, samples: readonly Sample[], plan: SeriesPlan): Promise<SeriesAppended>
  read(series: string, query: SeriesQuery, plan: SeriesPlan): Promise<SeriesPage>
  subscribe(series: string, listener: SeriesListener): Promise<Subscription>
}
