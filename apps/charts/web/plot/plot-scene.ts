import type { Threshold } from '../alert/threshold.ts'
import type { Span } from '../time/time-window.ts'
import type { ColourName } from './palette.ts'

/** What a price did in one column; `at` is its beginning, ms since 1970. */
export interface PlotCandle {
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
}

/** A line: times in ascending order, and as many values. */
export interface PlotTrack {
  readonly label: string
  readonly colour: ColourName
  readonly at: Float64Array
  readonly values: Float64Array
}

/** All that one drawing shows. */
export interface PlotScene {
  readonly span: Span
  readonly tracks: readonly PlotTrack[]
  /** In place of lines, one per column. */
  readonly candles?: { readonly list: readonly PlotCandle[]; readonly columnMs: number } | undefined
  readonly threshold?: Threshold | undefined
  /** Since when nothing can come, ms since 1970: what follows is grey. */
  readonly awaySince?: number | undefined
  /** A line is interrupted where no point came for longer, ms. */
  readonly breakMs: number
}
