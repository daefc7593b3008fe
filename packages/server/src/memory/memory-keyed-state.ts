import { fail, type StatePosition } from '@millrace/contract'
import type { Subscription } from '../ports/event-log.ts'
import type { KeyedState, StateListener, StateUpdate, StateValue } from '../ports/keyed-state.ts'
import type { Opening } from './opening.ts'
import type { StateData } from './state-data.ts'

export class MemoryKeyedState implements KeyedState {
  readonly #data: StateData
  readonly #opening: Opening

  constructor(data: StateData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async write(name: string, value: StateValue, maxKeys: number): Promise<StatePosition> {
    this.#opening.assertOpen()
    const room = this.#data.room(name)
    if (value.payload !== null && room.size >= maxKeys && !room.has(value)) {
      throw fail('OVERLOADED', `the room holds ${maxKeys} keys; remove one first`)
    }
    const { payload } = value
    const kept = payload instanceof Uint8Array ? { ...value, payload: new Uint8Array(payload) } : value
    const { clock, random } = this.#data.surroundings
    const position = room.write(random.id(), kept, clock.now())
    this.#data.subscribers.send(name, [{ name: kept.name, key: kept.key, payload: kept.payload, position }])
    return position
  }

  async read(room: string, since?: StatePosition): Promise<StateUpdate> {
    this.#opening.assertOpen()
    return this.#data.room(room).read(since)
  }

  async subscribe(room: string, listener: StateListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#data.subscribers, room, (changes) => listener.changes(changes))
  }
}
