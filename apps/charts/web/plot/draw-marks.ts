import type { Threshold } from '../alert/threshold.ts'
import type { PlotArea } from './plot-area.ts'

/** Grey from there to the right end: nothing could come. */
export function drawAway({ context, palette, left, top, width, height, x }: PlotArea, since: number): void {
  const from = Math.max(left, x(since))
  context.fillStyle = palette.away
  context.fillRect(from, top, Math.max(0, left + width - from), height)
}

/** A dashed line, with what lies beyond it faintly tinted. */
export function drawThreshold(area: PlotArea, { side, value }: Threshold): void {
  const { context, palette, left, top, width, height, ratio } = area
  const line = Math.round(area.y(value)) + 0.5
  context.fillStyle = palette.alert
  context.globalAlpha = 0.07
  if (side === 'above') context.fillRect(left, top, width, line - top)
  else context.fillRect(left, line, width, top + height - line)
  context.globalAlpha = 1
  context.strokeStyle = palette.alert
  context.lineWidth = 1.5 * ratio
  context.setLineDash([6 * ratio, 4 * ratio])
  context.beginPath()
  context.moveTo(left, line)
  context.lineTo(left + width, line)
  context.stroke()
  context.setLineDash([])
}
