import { currentAt } from '../../game/current-at.ts'
import { random } from '../../game/random.ts'
import { centre, millRadius, pondSize, quayRadius, shore } from '../../game/world.ts'
import type { Palette } from './palette.ts'

type Context = CanvasRenderingContext2D

/** Land, water and reeds: everything that stands still. */
export function drawPond(context: Context, palette: Palette): void {
  drawTrees(context, palette)
  context.fillStyle = palette.landEdge
  oval(context, 26)
  context.fill()
  drawReeds(context, palette)
  drawWater(context, palette)
  context.strokeStyle = palette.foam
  context.lineWidth = 5
  oval(context, -8)
  context.stroke()
}

/** The middle of the race, where boats unload. @param turn Of the wheel, radians. */
export function drawMill(context: Context, palette: Palette, turn: number): void {
  const { x, y } = centre
  context.save()
  context.translate(x, y)
  context.strokeStyle = palette.foam
  context.lineWidth = 3
  context.setLineDash([14, 12])
  circle(context, quayRadius)
  context.stroke()
  context.setLineDash([])
  drawWheel(context, palette, turn)
  context.fillStyle = palette.shadow
  context.beginPath()
  context.ellipse(7, 10, millRadius, millRadius, 0, 0, 2 * Math.PI)
  context.fill()
  ring(context, millRadius, palette.stone, palette.stoneEdge, 5)
  ring(context, millRadius - 16, palette.wood, palette.woodEdge, 2)
  drawRoof(context, palette)
  context.restore()
}

function drawWheel(context: Context, palette: Palette, turn: number): void {
  context.save()
  context.rotate(turn)
  context.fillStyle = palette.wood
  context.strokeStyle = palette.woodEdge
  context.lineWidth = 2
  for (let paddle = 0; paddle < 16; paddle++) {
    context.rotate(Math.PI / 8)
    context.fillRect(millRadius - 8, -7, 26, 14)
    context.strokeRect(millRadius - 8, -7, 26, 14)
  }
  context.restore()
}

function drawRoof(context: Context, palette: Palette): void {
  const radius = millRadius - 34
  const corners = Array.from({ length: 8 }, (_, index) => {
    const angle = (index + 0.5) * (Math.PI / 4)
    return [Math.cos(angle) * radius, Math.sin(angle) * radius] as const
  })
  for (const [index, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(index + 1) % corners.length]!
    context.fillStyle = index % 2 === 0 ? palette.roof : palette.roofEdge
    context.globalAlpha = index % 2 === 0 ? 1 : 0.86
    context.beginPath()
    context.moveTo(0, 0)
    context.lineTo(x, y)
    context.lineTo(nextX, nextY)
    context.closePath()
    context.fill()
  }
  context.globalAlpha = 1
  ring(context, 11, palette.gold, palette.goldEdge, 3)
}

const streakCount = 70
const streakLifeSeconds = 5

/** Short lines that the race carries along. They say where the water goes, and how fast. */
export function drawCurrent(context: Context, palette: Palette, seconds: number): void {
  context.strokeStyle = palette.foam
  context.lineCap = 'round'
  let seed = 11
  for (let streak = 0; streak < streakCount; streak++) {
    const [first, second] = random(seed)
    const [way, third] = random(second)
    const [phase, next] = random(third)
    seed = next
    const age = (seconds / streakLifeSeconds + phase) % 1
    const radius = millRadius + 40 + way * 250
    const pace = currentAt(centre.x + radius, centre.y).y / radius
    const angle = first * 2 * Math.PI + pace * age * streakLifeSeconds
    context.globalAlpha = Math.sin(age * Math.PI)
    context.lineWidth = 2.5
    context.beginPath()
    context.arc(centre.x, centre.y, radius, angle, angle + Math.min(0.22, 36 / radius))
    context.stroke()
  }
  context.globalAlpha = 1
}

/** Shallow along the shore. A gradient is round, and the pond is not: it is drawn as a circle that is pressed flat. */
function drawWater(context: Context, palette: Palette): void {
  const water = context.createRadialGradient(0, 0, 0, 0, 0, shore.x)
  water.addColorStop(0, palette.deep)
  water.addColorStop(0.62, palette.deep)
  water.addColorStop(1, palette.shallow)
  context.save()
  context.translate(centre.x, centre.y)
  context.scale(1, shore.y / shore.x)
  circle(context, shore.x)
  context.fillStyle = water
  context.fill()
  context.restore()
}

const treeCount = 150
/** How far out they stand, units. */
const wood = 420

function drawTrees(context: Context, palette: Palette): void {
  let seed = 23
  for (let tree = 0; tree < treeCount; tree++) {
    const [across, second] = random(seed)
    const [down, third] = random(second)
    const [size, next] = random(third)
    seed = next
    const x = across * (pondSize.width + 2 * wood) - wood
    const y = down * (pondSize.height + 2 * wood) - wood
    const out = Math.hypot((x - centre.x) / (shore.x + 80), (y - centre.y) / (shore.y + 80))
    if (out < 1) continue
    const radius = 16 + size * 26
    disc(context, x + 5, y + 8, radius, palette.shadow)
    disc(context, x, y, radius, palette.tree)
    disc(context, x - radius * 0.2, y - radius * 0.24, radius * 0.62, palette.treeTop)
  }
}

function disc(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.fillStyle = colour
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

const reedCount = 90

function drawReeds(context: Context, palette: Palette): void {
  context.strokeStyle = palette.reed
  context.lineCap = 'round'
  let seed = 5
  for (let reed = 0; reed < reedCount; reed++) {
    const [turn, second] = random(seed)
    const [size, next] = random(second)
    seed = next
    const angle = turn * 2 * Math.PI
    const [x, y] = [centre.x + Math.cos(angle) * (shore.x + 10), centre.y + Math.sin(angle) * (shore.y + 10)]
    context.lineWidth = 3 + size * 2
    context.beginPath()
    for (const lean of [-0.35, 0, 0.35]) {
      context.moveTo(x, y)
      context.lineTo(x + Math.cos(angle + lean) * (10 + size * 16), y + Math.sin(angle + lean) * (10 + size * 16))
    }
    context.stroke()
  }
}

/** The shore, so many units further out. */
function oval(context: Context, out: number): void {
  context.beginPath()
  context.ellipse(pondSize.width / 2, pondSize.height / 2, shore.x + out, shore.y + out, 0, 0, 2 * Math.PI)
}

function circle(context: Context, radius: number): void {
  context.beginPath()
  context.arc(0, 0, radius, 0, 2 * Math.PI)
}

function ring(context: Context, radius: number, fill: string, edge: string, width: number): void {
  circle(context, radius)
  context.fillStyle = fill
  context.fill()
  context.strokeStyle = edge
  context.lineWidth = width
  context.stroke()
}
