import { moveBoat } from '../../game/move-boat.ts'
import type { Hull, Input } from '../../game/pond.ts'
import { tickMs } from '../../game/world.ts'

/** Two seconds' inputs without a word of the server; what comes later is sent and not predicted. */
const maxPending = 60
/** An error that is seen fades to a third in so long. */
const fadeMs = 90
/** A jump this long is no error but another place: it is not smoothed. */
const maxSmoothed = 200

interface Pending {
  readonly input: Input
  /** The own boat after this input, as predicted when it was made. */
  readonly after: Hull
}

/**
 * The own boat before the server has said where it is: what the server said last, moved by the inputs that it had not seen
 * then. The method is that of Yahn Bernier, "Latency Compensating Methods in Client/Server In-game Protocol Design" (2001).
 */
export class Prediction {
  #pending: Pending[] = []
  #seen: Hull
  #now: Hull
  #before: Hull
  #off = { x: 0, y: 0 }
  /** How far the last prediction that the server has judged was off, units. */
  error = 0

  constructor(hull: Hull) {
    this.#seen = this.#now = this.#before = hull
  }

  /** Inputs that the server has not answered. */
  get pendingCount(): number {
    return this.#pending.length
  }

  /** Where the boat is after every input so far. */
  get hull(): Hull {
    return this.#now
  }

  /** One tick of the own clock. */
  apply(input: Input): void {
    this.#before = this.#now
    if (this.#pending.length >= maxPending) return
    this.#now = moveBoat(this.#now, input, tickMs)
    this.#pending.push({ input, after: this.#now })
  }

  /** What the server says, and the last input that it knew of. */
  correct(seq: number, hull: Hull): void {
    const judged = this.#pending.find(({ input }) => input.seq === seq)
    if (judged) this.error = Math.hypot(judged.after.x - hull.x, judged.after.y - hull.y)
    this.#pending = this.#pending.filter(({ input }) => input.seq > seq)
    this.#seen = hull
    const wrong = this.#now
    const before = this.#before
    this.#now = this.#replay()
    const [dx, dy] = [wrong.x - this.#now.x, wrong.y - this.#now.y]
    this.#before = { ...before, x: before.x - dx, y: before.y - dy }
    const off = { x: this.#off.x + dx, y: this.#off.y + dy }
    this.#off = Math.hypot(off.x, off.y) > maxSmoothed ? { x: 0, y: 0 } : off
  }

  /** To be drawn: between the last two ticks (`part` 0 to 1), with what was wrong fading. @param sinceMs Since it was drawn last. */
  shown(part: number, sinceMs: number): Hull {
    const fade = Math.exp(-sinceMs / fadeMs)
    this.#off = { x: this.#off.x * fade, y: this.#off.y * fade }
    const hull = between(this.#before, this.#now, part)
    return { ...hull, x: hull.x + this.#off.x, y: hull.y + this.#off.y }
  }

  #replay(): Hull {
    this.#pending = this.#pending.reduce<Pending[]>((replayed, { input }) => {
      const from = replayed.at(-1)?.after ?? this.#seen
      return [...replayed, { input, after: moveBoat(from, input, tickMs) }]
    }, [])
    return this.#pending.at(-1)?.after ?? this.#seen
  }
}

/** The way from one place to the next, turning the short way round. */
export function between<H extends Hull>(from: H, to: H, part: number): H {
  const turn = Math.atan2(Math.sin(to.angle - from.angle), Math.cos(to.angle - from.angle))
  return {
    ...to,
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    angle: from.angle + turn * part,
  }
}
