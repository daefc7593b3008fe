/**
 * The argument of `~view`. The window is `last` (it moves with the server's clock) or `from` and `to`; times are ms since 1970.
 */
export interface WireViewQuery {
  readonly room: number
  /** A view of this connection that this one replaces: another window, width or pace. */
  readonly view?: number
  readonly series: string
  readonly version?: number
  readonly keys: readonly string[]
  /** Absent: all fields. */
  readonly fields?: readonly string[]
  readonly from?: number
  readonly to?: number
  /** ms. */
  readonly last?: number
  readonly widthPx: number
  /** Increments per second at most, 0 to 60; 0: none until the view is replaced. Default 10. */
  readonly fps?: number
  /** The least width of a column, ms, for candles; then columns begin at multiples of it. */
  readonly columnMs?: number
  /**
   * What the client holds: it is answered with the points from the column of `at` on, where `epoch` is still the series'. Every
   * track must be complete before `at`: it is no later than the column of the newest point of each.
   */
  readonly since?: { readonly epoch: string; readonly at: number }
  /** The client reads packed points. */
  readonly packed?: 1
}

/** How the times of packed points are written. */
export interface WirePacking {
  /** Of the steps from one time to the next, ms. */
  readonly unitMs: number
  /** Bytes of a step, by track: 1, 2 or 4 of a whole number, 8 of a 64 bit float. */
  readonly widths: readonly number[]
}

/**
 * The answer to `~view`. A track is one field of one key: key by key as they were asked for, in each the fields. Of each column
 * there are at most four points: the first, the least, the greatest and the last.
 */
export interface WireView {
  /** Names the view in `~points` and `~unview`, on this connection. Equal views have one name, and end as often as they were asked for. */
  readonly view: number
  readonly epoch: string
  /** Columns begin at multiples of it, ms. */
  readonly columnMs: number
  /** `replace`: forget every point. `change`: of each track forget the points at or after `from`. */
  readonly kind: 'replace' | 'change'
  /** The points lie at or after it. */
  readonly from: number
  /** Points per track. */
  readonly counts: readonly number[]
  /**
   * Little-endian. Per point its time, ms since 1970, and its value, both as 64 bit floats; track after track, in ascending time.
   * Packed: of each track that has points the time of the first and all values, as such floats; then of each track the steps
   * from one time to the next.
   */
  readonly data: Uint8Array
  /** Present where the points are packed. */
  readonly packed?: WirePacking
}

/** `~points`: of each track that is named the points at or after `since` are replaced. */
export interface WirePoints {
  readonly room: number
  readonly view: number
  readonly epoch: string
  /** ms since 1970; the beginning of a column. */
  readonly since: number
  /** Index of the track, then per point ms after `since` and value, in ascending time. */
  readonly tracks: readonly (readonly [track: number, points: readonly number[]])[]
}

/** The argument of `~unview`. */
export interface WireUnview {
  readonly room: number
  readonly view: number
}
