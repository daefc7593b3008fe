import type { MillraceError, SeriesField, SeriesKey } from '@millrace/contract'
import type { Off } from '../listeners.ts'

/** Times are ms since 1970. */
export interface ViewShape<S> {
  /** 1 to 500. */
  readonly keys: readonly SeriesKey<S>[]
  /** Default: all. */
  readonly fields?: readonly SeriesField<S>[] | undefined
  /** How wide the chart is: there will be at most so many columns, and at most four points in each. Whole, 1 to 16,384. */
  readonly widthPx: number
  /** Increments per second at most, 0 to 60; 0: none until `set`. Default 10. */
  readonly fps?: number | undefined
  /** The least width of a column, whole ms, for candles: columns are as many of it as fit the width. */
  readonly columnMs?: number | undefined
  /** While the page is hidden: one increment a second, or none; what was missed comes when it is seen again. Default `slow`. */
  readonly whenHidden?: 'slow' | 'pause' | undefined
}

/** A window that moves with the newest time known. */
export interface MovingWindow {
  /** Its width, ms. */
  readonly last: number
  readonly from?: undefined
  readonly to?: undefined
}

/** A window that stands; what is not kept is not in it, however wide it is. */
export interface StandingWindow {
  readonly from: number
  readonly to: number
  readonly last?: undefined
}

export type ViewQuery<S> = ViewShape<S> & (MovingWindow | StandingWindow)
/** What `set` takes: what is left out stays as it is, and a window takes the place of the other kind. */
export type ViewChange<S> = Partial<ViewShape<S>> & (MovingWindow | StandingWindow | NoWindow)

interface NoWindow {
  readonly last?: undefined
  readonly from?: undefined
  readonly to?: undefined
}

/** Valid until the next change; what is to be kept longer is copied. */
export interface SeriesPoints {
  /** ms since 1970, ascending. */
  readonly at: Float64Array
  readonly values: Float64Array
}

export interface Candle {
  /** The beginning of the column, ms since 1970. */
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

export interface PointsChange<S> {
  /** Points at or after it may be others than before, ms since 1970. */
  readonly since: number
  /** Those with a track that changed. */
  readonly keys: readonly SeriesKey<S>[]
}

export interface ViewListeners<S> {
  /** Once for each increment, and for each answer to `set` or after a reconnect. */
  readonly change: (change: PointsChange<S>) => unknown
  /** The room was left, the client was put out, or the server will not have the view back. What is there stays. */
  readonly end: (error: MillraceError) => unknown
}

/** A window on some tracks of a series, at the resolution of a chart; it follows what is appended. */
export interface SeriesView<S> {
  /** The width of a column, ms. Columns begin at multiples of it. */
  readonly columnMs: number
  /** What the chart shows now, ms since 1970. A moving window ends at the newest time known. */
  readonly window: { readonly from: number; readonly to: number }
  /** Of each column at most the first, least, greatest and last point, with their exact times. */
  points(key: SeriesKey<S>, field: SeriesField<S>): SeriesPoints
  /** One per column that has points. */
  candles(key: SeriesKey<S>, field: SeriesField<S>): readonly Candle[]
  on<N extends keyof ViewListeners<S>>(name: N, listener: ViewListeners<S>[N]): Off
  /**
   * Another window, width or pace. What is there stays until the answer, which takes its place at once; of calls while one
   * is under way the last one counts, and resolves them all. Rejects with a MillraceError, and then nothing has changed.
   *
   * @throws MillraceError `INVALID_INPUT` where the view cannot be like that.
   */
  set(change: ViewChange<S>): Promise<void>
  /** From here on nothing changes and no listener is called. */
  close(): void
}

/** A series of a room. */
export interface RoomSeriesClient<S> {
  /**
   * Waits for the join. The code of views is loaded with the first one. Rejects with a MillraceError: `INVALID_INPUT` where
   * the query does not fit, `DISCONNECTED` where `join()` was not called, or what the server says; with the platform's error
   * where the code cannot be loaded, for example offline.
   */
  view(query: ViewQuery<S>): Promise<SeriesView<S>>
}
