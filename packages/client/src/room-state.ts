import type { StatePosition, WireStateUpdate } from '@millrace/contract'
import type { TakeEvent } from './events-in-order.ts'
import type { Listeners } from './listeners.ts'
import { bareName } from './parse-event.ts'
import type { Serial } from './serial.ts'

/** The keyed state of a room, as far as it has arrived: the newest value per event and key. */
export class RoomState {
  readonly #serial: Serial
  readonly #takeEvent: TakeEvent
  readonly #listeners: Listeners
  readonly #values = new Map<string, Map<string, unknown>>()
  #position: StatePosition | undefined

  constructor(serial: Serial, takeEvent: TakeEvent, listeners: Listeners) {
    this.#serial = serial
    this.#takeEvent = takeEvent
    this.#listeners = listeners
  }

  get position(): StatePosition | undefined {
    return this.#position
  }

  /** The same map for the same event, so that a caller may keep it. */
  get(name: string): Map<string, unknown> {
    const values = this.#values.get(name) ?? new Map<string, unknown>()
    this.#values.set(name, values)
    return values
  }

  update({ epoch, version, id, kind, values }: WireStateUpdate): void {
    this.#position = { epoch, version, id }
    if (kind === 'replace') {
      const kept = new Set(values.map(([versioned, key]) => `${bareName(versioned)} ${key}`))
      this.#serial.run(() => this.#removeAllBut(kept))
    }
    for (const value of values) {
      const [versioned, key] = value
      if (value.length === 2) {
        this.#serial.run(() => this.#remove(bareName(versioned), key))
        continue
      }
      this.#takeEvent(versioned, value[2], 'latest', (name, payload) => {
        this.get(name).set(key, payload)
        this.#listeners.call(name, payload, { key })
      })
    }
  }

  clear(): void {
    this.#position = undefined
    for (const values of this.#values.values()) values.clear()
  }

  #removeAllBut(kept: ReadonlySet<string>): void {
    for (const [name, values] of this.#values) {
      for (const key of values.keys()) if (!kept.has(`${name} ${key}`)) this.#remove(name, key)
    }
  }

  #remove(name: string, key: string): void {
    if (this.get(name).delete(key)) this.#listeners.call('removed', { name, key })
  }
}
