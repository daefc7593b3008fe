import type { ViewQuery } from '@millrace/client'
import { lengthOf, type TimeWindow } from '../time/time-window.ts'
import { candleColumnMs, columnsFor, windowQuery } from '../view/window-query.ts'
import type { MarketSeries } from './market-series.ts'

/** What the eye takes for continuous in a line that grows. */
const fps = 10
/** Below this width the board and the chart are not beside each other; as in app-design's shell. CSS pixels. */
const besidePx = 768
const boardPx = 320

/** @param pagePx The width of the page, which the chart has to itself on a phone. */
export function priceQuery(
  symbol: string,
  shown: TimeWindow,
  isCandles: boolean,
  pagePx: number,
): ViewQuery<MarketSeries> {
  const widthPx = columnsFor(pagePx >= besidePx ? pagePx - boardPx : pagePx, 1)
  const columns = isCandles ? { columnMs: candleColumnMs(lengthOf(shown), widthPx) } : { columnMs: 1 }
  return { keys: [symbol], widthPx, fps, ...columns, ...windowQuery(shown) }
}
