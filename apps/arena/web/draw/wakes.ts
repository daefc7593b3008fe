import type { ShownBoat } from '../play/scene.ts'
import type { Palette } from './palette.ts'

const lifeMs = 900
const everyMs = 45
/** Slower boats leave none, units a second. */
const leastSpeed = 50
const maxDrops = 40

interface Drop {
  readonly x: number
  readonly y: number
  readonly bornMs: number
  readonly width: number
}

/** The water behind boats that move. */
export class Wakes {
  readonly #drops = new Map<string, Drop[]>()

  add(boats: readonly ShownBoat[], nowMs: number): void {
    for (const { captain, hull } of boats) {
      const drops = (this.#drops.get(captain.id) ?? []).filter(({ bornMs }) => nowMs - bornMs < lifeMs)
      const speed = Math.hypot(hull.vx, hull.vy)
      const last = drops.at(-1)
      if (speed > leastSpeed && (!last || nowMs - last.bornMs >= everyMs)) {
        const [x, y] = [hull.x - Math.cos(hull.angle) * 24, hull.y - Math.sin(hull.angle) * 24]
        drops.push({ x, y, bornMs: nowMs, width: Math.min(1, speed / 260) })
      }
      this.#drops.set(captain.id, drops.slice(-maxDrops))
    }
    const there = new Set(boats.map(({ captain }) => captain.id))
    for (const id of this.#drops.keys()) if (!there.has(id)) this.#drops.delete(id)
  }

  draw(context: CanvasRenderingContext2D, palette: Palette, nowMs: number): void {
    context.strokeStyle = palette.foam
    context.lineWidth = 2.5
    for (const drops of this.#drops.values()) {
      for (const { x, y, bornMs, width } of drops) {
        const age = (nowMs - bornMs) / lifeMs
        if (age >= 1) continue
        context.globalAlpha = (1 - age) * width
        context.beginPath()
        context.arc(x, y, 5 + age * 16, 0, 2 * Math.PI)
        context.stroke()
      }
    }
    context.globalAlpha = 1
  }
}
