import { splitVersionedName, type StatePosition, type WireStateUpdate } from '@millrace/contract'
import type { Arrivals } from './arrivals.ts'
import { KeyedValues } from './keyed-values.ts'
import type { Listeners } from './listeners.ts'
import type { RoomEvents } from './room-events.ts'

/** The keyed state of a room, as far as it has arrived. */
export class RoomState {
  readonly #values = new KeyedValues()
  readonly #arrivals: Arrivals
  readonly #events: RoomEvents
  readonly #listeners: Listeners
  #position: StatePosition | undefined

  constructor(arrivals: Arrivals, events: RoomEvents, listeners: Listeners) {
    this.#arrivals = arrivals
    this.#events = events
    this.#listeners = listeners
  }

  get position(): StatePosition | undefined {
    return this.#position
  }

  get(name: string): ReadonlyMap<string, unknown> {
    return this.#values.get(name)
  }

  update(update: WireStateUpdate): void {
    this.#position = { epoch: update.epoch, version: update.version, id: update.id }
    if (update.kind === 'replace') this.#arrivals.run(() => this.#keepOnly(update))
    for (const value of update.values) {
      const [versioned, key] = value
      if (value.length === 2) {
        this.#arrivals.run(() => this.#remove(splitVersionedName(versioned).name, key))
        continue
      }
      this.#events.take(versioned, value[2], 'latest', (name, payload) => {
        this.#values.set(name, key, payload)
        this.#listeners.call(name, payload, { key })
      })
    }
  }

  clear(): void {
    this.#position = undefined
    this.#values.clear()
  }

  #keepOnly(update: WireStateUpdate): void {
    const kept = new Set(update.values.map(([versioned, key]) => `${splitVersionedName(versioned).name} ${key}`))
    for (const { name, key } of this.#values.keysOutside(kept)) this.#remove(name, key)
  }

  #remove(name: string, key: string): void {
    if (this.#values.remove(name, key)) this.#listeners.call('removed', { name, key })
  }
}
