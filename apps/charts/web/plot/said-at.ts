import { firstAtOrAfter, nearest } from './points.ts'
import type { PlotCandle, PlotScene, PlotTrack } from './plot-scene.ts'

/** What stands in place of a value that is not there. */
export const noValue = '–'

/** The value of a track at a time, or the newest one in the window. */
export function saidAt(
  { candles, breakMs, span }: Pick<PlotScene, 'candles' | 'breakMs' | 'span'>,
  { at, values }: Pick<PlotTrack, 'at' | 'values'>,
  time: number | undefined,
  valueText: (value: number) => string,
): string {
  if (candles && time !== undefined) return candleText(candles.list, candles.columnMs, time, valueText)
  const index = time === undefined ? at.length - 1 : nearest(at, time)
  const value = values[index]
  const found = at[index] ?? 0
  const isNear = time === undefined ? found >= span.from : Math.abs(found - time) <= breakMs
  return value === undefined || !isNear ? noValue : valueText(value)
}

function candleText(
  list: readonly PlotCandle[],
  columnMs: number,
  time: number,
  valueText: (value: number) => string,
): string {
  const starts = Float64Array.from(list, ({ at }) => at)
  const candle = list[firstAtOrAfter(starts, time - columnMs + 1)]
  if (!candle || candle.at > time) return noValue
  const { open, high, low, close } = candle
  return `open ${valueText(open)}, high ${valueText(high)}, low ${valueText(low)}, close ${valueText(close)}`
}
