import { centre, pondSize } from '../../game/world.ts'
import type { Stick } from '../play/helm-stick.ts'
import type { Scene } from '../play/scene.ts'
import { Backdrop } from './backdrop.ts'
import { cameraOf, sightOf, type Camera } from './camera.ts'
import { drawBoat, drawGhost, drawLabel } from './draw-boat.ts'
import { drawSack } from './draw-grain.ts'
import { drawMap } from './draw-map.ts'
import { drawCurrent, drawMill } from './draw-pond.ts'
import { drawStick } from './draw-stick.ts'
import { day, isDark, night } from './palette.ts'
import { Pops } from './pops.ts'
import { Wakes } from './wakes.ts'

/** Radians a second. */
const wheelTurn = 0.7

/** Draws scenes on a canvas, whatever its size. Nothing but what players do moves where less motion is wanted. */
export class Painter {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #backdrop = new Backdrop()
  readonly #wakes = new Wakes()
  readonly #pops = new Pops()
  readonly #dark = matchMedia('(prefers-color-scheme: dark)')
  readonly #font = getComputedStyle(document.body).fontFamily
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)')
  #focus: { readonly x: number; readonly y: number } = centre

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('this browser draws no canvas; try another one')
    this.#canvas = canvas
    this.#context = context
  }

  paint(scene: Scene, stick: Stick | undefined, nowMs: number): void {
    const { clientWidth, clientHeight } = this.#canvas
    if (clientWidth === 0) return
    const context = this.#context
    const palette = isDark(this.#dark) ? night : day
    const density = this.#fit(clientWidth, clientHeight)
    const seconds = this.#still.matches ? 0 : nowMs / 1000
    const own = scene.boats.find(({ isOwn }) => isOwn)
    if (own) this.#focus = own.hull
    const camera = cameraOf(clientWidth, clientHeight, this.#focus)
    context.setTransform(density, 0, 0, density, 0, 0)
    context.save()
    context.translate(camera.x, camera.y)
    context.scale(camera.scale, camera.scale)
    this.#backdrop.draw(context, palette, camera, sightOf(clientWidth, clientHeight), density)
    drawCurrent(context, palette, seconds)
    if (!this.#still.matches) {
      this.#wakes.add(scene.boats, nowMs)
      this.#wakes.draw(context, palette, nowMs)
    }
    drawMill(context, palette, seconds * wheelTurn)
    for (const sack of scene.grain)
      drawSack(context, palette, sack, this.#still.matches ? 0 : Math.sin(seconds * 2 + sack.id))
    if (scene.server) drawGhost(context, palette, scene.server)
    for (const boat of scene.boats) drawBoat(context, palette, boat)
    for (const boat of scene.boats) drawLabel(context, palette, boat, camera.scale, this.#font)
    this.#pops.add(scene.boats, nowMs)
    this.#pops.draw(context, palette, this.#font, camera.scale, nowMs, this.#still.matches)
    context.restore()
    if (isPart(camera, clientWidth, clientHeight)) drawMap(context, palette, scene, clientWidth)
    if (stick) drawStick(context, palette, stick)
  }

  /** @returns Pixels of the canvas per CSS pixel. */
  #fit(clientWidth: number, clientHeight: number): number {
    const density = Math.min(2, devicePixelRatio || 1)
    const [width, height] = [Math.round(clientWidth * density), Math.round(clientHeight * density)]
    if (this.#canvas.width !== width) this.#canvas.width = width
    if (this.#canvas.height !== height) this.#canvas.height = height
    return density
  }
}

function isPart({ scale }: Camera, width: number, height: number): boolean {
  return pondSize.width * scale > width + 1 || pondSize.height * scale > height + 1
}
