import type { PlotArea } from './plot-area.ts'
import type { PlotScene, PlotTrack } from './plot-scene.ts'
import { drawnPart } from './points.ts'

const lineWidthPx = 1.75
/** How strongly the area below a single line is tinted. */
const fillAlpha = 0.1

/** Every track as a line, the first on top. A single one has its area tinted. */
export function drawLines(area: PlotArea, { tracks, span, breakMs }: PlotScene): void {
  const { context, palette, ratio } = area
  context.lineWidth = lineWidthPx * ratio
  context.lineJoin = 'round'
  for (const track of tracks.toReversed()) {
    const path = linePath(area, track, drawnPart(track.at, span), breakMs, tracks.length === 1)
    context.strokeStyle = palette[track.colour]
    context.stroke(path.line)
    if (!path.area) continue
    context.globalAlpha = fillAlpha
    context.fillStyle = palette[track.colour]
    context.fill(path.area)
    context.globalAlpha = 1
  }
}

function linePath(
  { x, y, top, height, ratio }: PlotArea,
  { at, values }: PlotTrack,
  part: { readonly from: number; readonly to: number },
  breakMs: number,
  isFilled: boolean,
): { readonly line: Path2D; readonly area: Path2D | undefined } {
  const line = new Path2D()
  const area = isFilled ? new Path2D() : undefined
  const bottom = top + height
  let before = -Infinity
  for (let index = part.from; index < part.to; index++) {
    const time = at[index] ?? 0
    const [px, py] = [x(time), y(values[index] ?? 0)]
    if (time - before <= breakMs) {
      line.lineTo(px, py)
      area?.lineTo(px, py)
    } else {
      // A point alone is a dot.
      line.moveTo(px - ratio, py)
      line.lineTo(px, py)
      if (before > -Infinity) area?.lineTo(x(before), bottom)
      area?.moveTo(px, bottom)
      area?.lineTo(px, py)
    }
    before = time
  }
  if (before > -Infinity) area?.lineTo(x(before), bottom)
  return { line, area }
}
