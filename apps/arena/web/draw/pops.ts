import type { ShownBoat } from '../play/scene.ts'
import type { Palette } from './palette.ts'

const lifeMs = 1_100
/** How far a word rises in its life, CSS pixels. */
const riseBy = 34

interface Pop {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly bornMs: number
}

/** Words over the water: what boats unload. */
export class Pops {
  #scores = new Map<string, number>()
  #pops: Pop[] = []

  add(boats: readonly ShownBoat[], nowMs: number): void {
    const scores = new Map<string, number>()
    for (const { captain, hull } of boats) {
      const more = captain.score - (this.#scores.get(captain.id) ?? captain.score)
      if (more > 0) this.#pops.push({ text: `+${more}`, x: hull.x, y: hull.y, bornMs: nowMs })
      scores.set(captain.id, captain.score)
    }
    this.#scores = scores
    this.#pops = this.#pops.filter(({ bornMs }) => nowMs - bornMs < lifeMs)
  }

  /** @param scale CSS pixels per unit. @param isStill Words appear and go, and do not rise. */
  draw(
    context: CanvasRenderingContext2D,
    palette: Palette,
    font: string,
    scale: number,
    nowMs: number,
    isStill: boolean,
  ): void {
    context.font = `800 ${22 / scale}px ${font}`
    context.textAlign = 'center'
    context.lineJoin = 'round'
    context.lineWidth = 5 / scale
    context.strokeStyle = palette.label
    context.fillStyle = palette.gold
    for (const { text, x, y, bornMs } of this.#pops) {
      const age = (nowMs - bornMs) / lifeMs
      const top = y - (isStill ? riseBy : 18 + age * riseBy) / scale
      context.globalAlpha = Math.min(1, 2 * (1 - age))
      context.strokeText(text, x, top)
      context.fillText(text, x, top)
    }
    context.globalAlpha = 1
  }
}
