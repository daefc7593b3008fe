import type { Helm } from '../../game/pond.ts'
import { tickMs } from '../../game/world.ts'
import { Prediction } from './prediction.ts'
import type { PlayerValue } from './values.ts'

/** An input whose effect is seen later has been forgotten. */
const maxAwaited = 120

/** What the own boat sends, predicts and hears back. */
export class Sailing {
  #seq: number
  #prediction: Prediction
  readonly #sentAt = new Map<number, number>()
  /** From an input to the moment at which the server's word of it is here, ms; undefined before the first. */
  echoMs: number | undefined

  /** @param value Where the server says the boat is; a page that was loaded again goes on from its last input. */
  constructor(value: PlayerValue) {
    this.#seq = value.seq + 1
    this.#prediction = new Prediction(value)
  }

  get prediction(): Prediction {
    return this.#prediction
  }

  /** One tick of the own clock. @returns What is to be sent. */
  tick(helm: Helm, nowMs: number): Helm & { readonly seq: number } {
    const input = { seq: this.#seq, ...helm }
    this.#seq += 1
    this.#prediction.apply(input)
    this.#sentAt.set(input.seq, nowMs)
    const [oldest] = this.#sentAt.keys()
    if (this.#sentAt.size > maxAwaited && oldest !== undefined) this.#sentAt.delete(oldest)
    return input
  }

  hear(value: PlayerValue, nowMs: number): void {
    const sentAt = this.#sentAt.get(value.seq)
    if (sentAt !== undefined) this.echoMs = nowMs - sentAt
    for (const seq of this.#sentAt.keys()) if (seq <= value.seq) this.#sentAt.delete(seq)
    this.#seq = Math.max(this.#seq, value.seq + 1)
    this.#prediction.correct(value.seq, value)
  }
}

/** Ticks of the own clock, whatever the pace of the screen. */
export class OwnTicks {
  #restMs = 0

  /** How many ticks are due after so much time; a page that stood still makes up for ten at most. */
  due(sinceMs: number): number {
    this.#restMs = Math.min(this.#restMs + Math.max(0, sinceMs), 10 * tickMs)
    const count = Math.floor(this.#restMs / tickMs)
    this.#restMs -= count * tickMs
    return count
  }

  /** Of the tick under way, 0 to 1. */
  get part(): number {
    return this.#restMs / tickMs
  }
}
