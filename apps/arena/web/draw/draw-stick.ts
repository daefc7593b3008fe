import { stickRadius, type Stick } from '../play/helm-stick.ts'
import type { Palette } from './palette.ts'

/** In CSS pixels of the canvas. */
export function drawStick(context: CanvasRenderingContext2D, palette: Palette, { from, to }: Stick): void {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy)
  const part = length > stickRadius ? stickRadius / length : 1
  context.fillStyle = palette.labelEdge
  context.strokeStyle = palette.label
  context.lineWidth = 2
  context.globalAlpha = 0.45
  context.beginPath()
  context.arc(from.x, from.y, stickRadius, 0, 2 * Math.PI)
  context.fill()
  context.stroke()
  context.globalAlpha = 0.85
  context.fillStyle = palette.label
  context.beginPath()
  context.arc(from.x + dx * part, from.y + dy * part, 22, 0, 2 * Math.PI)
  context.fill()
  context.globalAlpha = 1
}
