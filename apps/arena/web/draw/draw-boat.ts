import { boatRadius } from '../../game/world.ts'
import type { Hull } from '../../game/pond.ts'
import { hullColour, type Palette } from './palette.ts'
import type { ShownBoat } from '../play/scene.ts'

type Context = CanvasRenderingContext2D

const length = boatRadius * 1.35
const width = boatRadius * 0.78

export function drawBoat(context: Context, palette: Palette, { captain, hull, isOwn }: ShownBoat): void {
  const { fill, edge } = hullColour(captain.hue)
  context.save()
  context.translate(hull.x, hull.y)
  if (isOwn) drawHalo(context, palette)
  context.rotate(hull.angle)
  context.save()
  context.translate(3, 5)
  outline(context)
  context.fillStyle = palette.shadow
  context.fill()
  context.restore()
  outline(context)
  context.fillStyle = fill
  context.fill()
  context.strokeStyle = isOwn ? palette.own : edge
  context.lineWidth = isOwn ? 3.5 : 2.5
  context.stroke()
  context.fillStyle = palette.wood
  context.strokeStyle = edge
  context.lineWidth = 1.5
  context.beginPath()
  context.roundRect(-length * 0.62, -width * 0.56, length * 1.02, width * 1.12, 6)
  context.fill()
  context.stroke()
  drawCargo(context, palette, hull.cargo)
  if (captain.isBot) drawCog(context, palette)
  context.restore()
}

/** An empty outline: the same boat as somebody else sees it. */
export function drawGhost(context: Context, palette: Palette, hull: Hull): void {
  context.save()
  context.translate(hull.x, hull.y)
  context.rotate(hull.angle)
  outline(context)
  context.strokeStyle = palette.label
  context.lineWidth = 2.5
  context.setLineDash([6, 5])
  context.stroke()
  context.restore()
}

/** Screen text, so that it is as large on every screen. `scale`: CSS pixels per unit. */
export function drawLabel(
  context: Context,
  palette: Palette,
  { captain, hull, isOwn }: ShownBoat,
  scale: number,
  font: string,
): void {
  const size = 13 / scale
  context.font = `${isOwn ? 700 : 600} ${size}px ${font}`
  context.textAlign = 'center'
  context.lineJoin = 'round'
  context.lineWidth = 4 / scale
  context.strokeStyle = palette.labelEdge
  context.fillStyle = palette.label
  const text = captain.isBot ? `${captain.name} · bot` : captain.name
  const y = hull.y - boatRadius - 9 / scale
  context.strokeText(text, hull.x, y)
  context.fillText(text, hull.x, y)
}

function outline(context: Context): void {
  context.beginPath()
  context.moveTo(length, 0)
  context.quadraticCurveTo(length * 0.55, width * 1.05, -length * 0.25, width)
  context.lineTo(-length * 0.85, width * 0.72)
  context.quadraticCurveTo(-length, 0, -length * 0.85, -width * 0.72)
  context.lineTo(-length * 0.25, -width)
  context.quadraticCurveTo(length * 0.55, -width * 1.05, length, 0)
  context.closePath()
}

function drawHalo(context: Context, palette: Palette): void {
  context.globalAlpha = 0.22
  context.fillStyle = palette.own
  context.beginPath()
  context.arc(0, 0, boatRadius * 1.85, 0, 2 * Math.PI)
  context.fill()
  context.globalAlpha = 1
}

function drawCargo(context: Context, palette: Palette, cargo: number): void {
  context.fillStyle = palette.sack
  context.strokeStyle = palette.sackEdge
  context.lineWidth = 1.5
  for (let sack = 0; sack < cargo; sack++) {
    const [row, side] = [Math.floor(sack / 2), sack % 2 === 0 ? -1 : 1]
    context.beginPath()
    context.arc(-length * 0.44 + row * 10, side * 4.8, 4.6, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
}

/** What marks a bot besides its label. */
function drawCog(context: Context, palette: Palette): void {
  context.fillStyle = palette.label
  context.beginPath()
  for (let tooth = 0; tooth < 16; tooth++) {
    const radius = tooth % 2 === 0 ? 6 : 4.2
    const angle = (tooth * Math.PI) / 8
    context.lineTo(length * 0.62 + Math.cos(angle) * radius, Math.sin(angle) * radius)
  }
  context.closePath()
  context.fill()
}
