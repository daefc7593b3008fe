import type { Input } from './pond.ts'
import type { Inputs } from './step.ts'

/** Inputs of a player that wait; the oldest go. Half a second's. */
const maxWaiting = 15
/** Ticks that a player may make up for after none came: a third of a second's. */
const maxSaved = 10
/** Above so many waiting, two are taken at a tick: what came late catches up. */
const smooth = 1
/** Of moves per tick. Clocks differ a little, and without the rest the inputs of a faster one would wait ever longer. */
const allowance = 1.02

interface Waiting {
  inputs: Input[]
  /** Ticks that this player may still move: about one more with every tick. It bounds the speed whatever is sent. */
  saved: number
}

/** Inputs as they come, handed out at the pace of ticks. Who is silent for a while is forgotten. */
export class HelmQueue {
  readonly #players = new Map<string, Waiting>()

  add(player: string, input: Input): void {
    let waiting = this.#players.get(player)
    if (!waiting) this.#players.set(player, (waiting = { inputs: [], saved: 1 }))
    const last = waiting.inputs.at(-1)
    if (last && input.seq <= last.seq) return
    waiting.inputs.push(input)
    if (waiting.inputs.length > maxWaiting) waiting.inputs.shift()
  }

  /** What each player does at this tick: nothing, one, or two. */
  take(): Inputs {
    const taken = new Map<string, readonly Input[]>()
    for (const [player, waiting] of this.#players) {
      const count = Math.min(waiting.inputs.length > smooth ? 2 : 1, Math.floor(waiting.saved))
      const inputs = waiting.inputs.splice(0, count)
      waiting.saved = Math.min(maxSaved, waiting.saved - inputs.length + allowance)
      if (inputs.length > 0) taken.set(player, inputs)
      else if (waiting.saved === maxSaved) this.#players.delete(player)
    }
    return taken
  }

  /** Ticks that the server owes everybody, since it stood still. */
  owe(ticks: number): void {
    for (const waiting of this.#players.values()) waiting.saved = Math.min(maxSaved, waiting.saved + ticks)
  }

  forget(player: string): void {
    this.#players.delete(player)
  }
}
