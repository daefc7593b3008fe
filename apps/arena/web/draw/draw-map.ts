import { pondSize, shore, centre, millRadius } from '../../game/world.ts'
import type { Scene } from '../play/scene.ts'
import { hullColour, type Palette } from './palette.ts'

const width = 116
const gap = 10

/** The whole pond in the corner of a screen that shows a part of it. `screen`: its width, CSS pixels. */
export function drawMap(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { boats, grain }: Scene,
  screen: number,
): void {
  const scale = width / pondSize.width
  context.save()
  context.translate(screen - width - gap, gap)
  context.scale(scale, scale)
  context.globalAlpha = 0.82
  disc(context, centre.x, centre.y, shore.x, shore.y, palette.shallow)
  context.strokeStyle = palette.labelEdge
  context.lineWidth = 2 / scale
  context.stroke()
  context.globalAlpha = 1
  disc(context, centre.x, centre.y, millRadius, millRadius, palette.roof)
  for (const { x, y, worth } of grain) disc(context, x, y, 16, 16, worth > 1 ? palette.gold : palette.sack)
  for (const { captain, hull, isOwn } of boats) {
    if (isOwn) disc(context, hull.x, hull.y, 70, 70, palette.own)
    disc(context, hull.x, hull.y, 46, 46, hullColour(captain.hue).fill)
  }
  context.restore()
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, a: number, b: number, colour: string): void {
  context.fillStyle = colour
  context.beginPath()
  context.ellipse(x, y, a, b, 0, 0, 2 * Math.PI)
  context.fill()
}
