import { fail } from '@millrace/contract'
import type { StateChange } from '../ports/keyed-state.ts'
import { Fanouts } from './fanouts.ts'
import { metadataMs } from './log-data.ts'
import type { Surroundings } from './opening.ts'
import { StateRoom } from './state-room.ts'

export interface StateLimits {
  readonly maxRooms: number
  /** Versions that a returning client can name and still get changes only. */
  readonly maxChanges: number
}

/** The keyed state of all rooms, shared by the nodes of this process. */
export class StateData {
  readonly subscribers = new Fanouts<readonly StateChange[]>()
  readonly surroundings: Surroundings
  readonly #limits: StateLimits
  readonly #rooms = new Map<string, StateRoom>()

  constructor(surroundings: Surroundings, limits: StateLimits) {
    this.surroundings = surroundings
    this.#limits = limits
  }

  room(name: string): StateRoom {
    const known = this.#rooms.get(name)
    if (known !== undefined) return known
    if (this.#rooms.size >= this.#limits.maxRooms) {
      throw fail(
        'OVERLOADED',
        `the store holds the state of ${this.#limits.maxRooms} rooms; raise maxRooms, or join fewer`,
      )
    }
    const { clock, random } = this.surroundings
    const room = new StateRoom(random.id(), this.#limits.maxChanges, clock.now())
    this.#rooms.set(name, room)
    return room
  }

  /** Forgets rooms that are long empty and that nobody listens to. */
  sweep(): void {
    const now = this.surroundings.clock.now()
    for (const [name, room] of this.#rooms) {
      if (room.canForget(now, metadataMs) && !this.subscribers.has(name)) this.#rooms.delete(name)
    }
  }
}
