import type { Palette } from './palette.ts'
import type { Sack } from '../play/values.ts'

/** A sack that floats; `bob` -1 to 1. */
export function drawSack(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { x, y, worth }: Sack,
  bob: number,
): void {
  const isGolden = worth > 1
  const size = isGolden ? 15 : 12
  context.save()
  context.translate(x, y + bob * 2.5)
  context.fillStyle = palette.shadow
  context.beginPath()
  context.ellipse(2, size * 0.75, size, size * 0.5, 0, 0, 2 * Math.PI)
  context.fill()
  context.rotate(bob * 0.12)
  context.fillStyle = isGolden ? palette.gold : palette.sack
  context.strokeStyle = isGolden ? palette.goldEdge : palette.sackEdge
  context.lineWidth = 2.5
  context.beginPath()
  context.moveTo(-size * 0.35, -size)
  context.quadraticCurveTo(-size * 1.3, size * 0.2, -size * 0.8, size)
  context.lineTo(size * 0.8, size)
  context.quadraticCurveTo(size * 1.3, size * 0.2, size * 0.35, -size)
  context.closePath()
  context.fill()
  context.stroke()
  context.beginPath()
  context.moveTo(-size * 0.45, -size * 0.72)
  context.lineTo(size * 0.45, -size * 0.72)
  context.stroke()
  context.restore()
}
