import type { Hull } from '../../game/pond.ts'
import { between } from './prediction.ts'

/** One second. */
const maxKept = 30

interface Seen {
  readonly tick: number
  readonly hull: Hull
}

/** Where a boat was at the last ticks. */
export class Track {
  #seen: Seen[] = []

  /** A boat that did not change was not told of. */
  add(tick: number, hull: Hull): void {
    const last = this.#seen.at(-1)
    if (last && tick <= last.tick) this.#seen = [] // another server, which began earlier
    else if (last && tick > last.tick + 1) this.#seen.push({ tick: tick - 1, hull: last.hull })
    this.#seen.push({ tick, hull })
    if (this.#seen.length > maxKept) this.#seen = this.#seen.slice(-maxKept)
  }

  get newest(): Hull | undefined {
    return this.#seen.at(-1)?.hull
  }

  /** Where it was at a moment between two ticks; before the first the first, after the last the last. */
  at(tick: number): Hull | undefined {
    const next = this.#seen.findIndex((seen) => seen.tick >= tick)
    const [from, to] = [this.#seen[next - 1], this.#seen[next]]
    if (next === -1) return this.newest
    if (!from || !to) return this.#seen[0]?.hull
    return between(from.hull, to.hull, (tick - from.tick) / (to.tick - from.tick))
  }
}
