import type { TimeWindow } from '../time/time-window.ts'

/** Widths are asked for in steps, so that viewers with about the same window share one computation, px. */
const widthStepPx = 100

/** The part of a query that says which time. */
export function windowQuery(
  shown: TimeWindow,
): { readonly last: number } | { readonly from: number; readonly to: number } {
  return shown.kind === 'live' ? { last: shown.lastMs } : { from: shown.from, to: shown.to }
}

/** @param tracks How many lines at once: of very many each gets fewer columns, as a view may have a million points. */
export function columnsFor(widthPx: number, tracks: number): number {
  const wanted = Math.max(widthStepPx, Math.floor(widthPx / widthStepPx) * widthStepPx)
  return Math.max(1, Math.min(wanted, Math.floor(1_000_000 / (4 * Math.max(1, tracks)))))
}

/** Sizes of a column that people know, ms. */
const columnSizes = [1, 5, 15, 30, 60, 300, 900, 1_800, 3_600].map((seconds) => seconds * 1_000)

/** The least column of which the width shows no more than one per 9 px. */
export function candleColumnMs(lengthMs: number, widthPx: number): number {
  return columnSizes.find((size) => (lengthMs / size) * 9 <= widthPx) ?? columnSizes.at(-1) ?? 1_000
}
