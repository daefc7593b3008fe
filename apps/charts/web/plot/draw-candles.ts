import type { PlotArea } from './plot-area.ts'
import type { PlotCandle, PlotScene } from './plot-scene.ts'

/** Between bodies stays a part of the column. */
const bodyShare = 0.7

/** A body from open to close, hollow where the price rose, so that colours are not needed to tell; and a wick to both extremes. */
export function drawCandles(area: PlotArea, { list, columnMs }: NonNullable<PlotScene['candles']>): void {
  const { context, palette, ratio } = area
  const columnPx = area.x(columnMs) - area.x(0)
  const widthPx = Math.max(ratio, Math.round(columnPx * bodyShare))
  context.lineWidth = Math.max(1, ratio)
  for (const candle of list) {
    const isUp = candle.close >= candle.open
    context.strokeStyle = isUp ? palette.up : palette.down
    context.fillStyle = context.strokeStyle
    drawCandle(area, candle, Math.round(area.x(candle.at + columnMs / 2)), widthPx, isUp)
  }
}

function drawCandle({ context, y }: PlotArea, candle: PlotCandle, middle: number, width: number, isUp: boolean): void {
  const [upper, lower] = [y(Math.max(candle.open, candle.close)), y(Math.min(candle.open, candle.close))]
  context.beginPath()
  context.moveTo(middle, y(candle.high))
  context.lineTo(middle, upper)
  context.moveTo(middle, lower)
  context.lineTo(middle, y(candle.low))
  context.stroke()
  const height = Math.max(1, lower - upper)
  if (isUp && width > 3) context.strokeRect(middle - width / 2, upper, width, height)
  else context.fillRect(middle - width / 2, upper, width, height)
}
