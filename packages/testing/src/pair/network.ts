import type { SeededRandom } from '../seeded-random.ts'
import { Wire, type Direction, type WireTap } from './wire.ts'

/** A direction of a wire that has a packet to move. */
export interface Ready {
  readonly wire: Wire
  readonly direction: Direction
}

/** Which of several packets moves next. Within one direction of one wire the order is fixed. */
export type ChooseNext = (ready: readonly Ready[]) => Ready

const directions = ['up', 'down'] as const

/** Every wire of a pair. */
export class Network {
  readonly #random: SeededRandom
  readonly #tap: WireTap
  #wires: Wire[] = []
  #lastId = 0

  constructor(random: SeededRandom, tap: WireTap) {
    this.#random = random
    this.#tap = tap
  }

  connect(cable: number): Wire {
    const wire = new Wire(cable, ++this.#lastId, this.#tap)
    this.#wires.push(wire)
    return wire
  }

  /** Packets that `deliver` could move now. */
  ready(): readonly Ready[] {
    const ready: Ready[] = []
    let dead = 0
    for (const wire of this.#wires) {
      if (!wire.isAlive) dead++
      else for (const direction of directions) if (wire.canDeliver(direction)) ready.push({ wire, direction })
    }
    if (dead > 0) this.#wires = this.#wires.filter((wire) => wire.isAlive)
    return ready
  }

  /** Moves one packet; false where there is none. */
  deliver(choose: ChooseNext = (ready) => this.#random.pick(ready)): boolean {
    const ready = this.ready()
    if (ready.length === 0) return false
    const { wire, direction } = choose(ready)
    wire.deliver(direction)
    return true
  }
}
