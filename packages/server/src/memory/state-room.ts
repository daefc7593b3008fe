import type { StatePosition } from '@millrace/contract'
import type { StateUpdate, StateValue } from '../ports/keyed-state.ts'
import { Ring } from './ring.ts'

interface Change {
  readonly id: string
  /** The id of the version before it. */
  readonly prev: string
  readonly place: string
}

/** The keyed state of one room and the ids of its last versions; payloads of old versions are not kept. */
export class StateRoom {
  readonly #epoch: string
  readonly #maxChanges: number
  /** In the order of their last change. */
  readonly #values = new Map<string, StateValue>()
  readonly #changes = new Ring<Change>()
  #version = 0
  #id = ''
  /** Wall time of the last write, or of the creation, ms. */
  #writtenAt: number

  constructor(epoch: string, maxChanges: number, now: number) {
    this.#epoch = epoch
    this.#maxChanges = maxChanges
    this.#writtenAt = now
  }

  get position(): StatePosition {
    return { epoch: this.#epoch, version: this.#version, id: this.#id }
  }

  get size(): number {
    return this.#values.size
  }

  has(value: StateValue): boolean {
    return this.#values.has(placeOf(value))
  }

  /** An empty room is forgotten once nobody wrote to it for `idleMs`. */
  canForget(now: number, idleMs: number): boolean {
    return this.#values.size === 0 && now >= this.#writtenAt + idleMs
  }

  write(id: string, value: StateValue, now: number): StatePosition {
    this.#writtenAt = now
    const place = placeOf(value)
    this.#values.delete(place)
    if (value.payload !== null) this.#values.set(place, value)
    this.#changes.push({ id, prev: this.#id, place })
    if (this.#changes.length > this.#maxChanges) this.#changes.dropOldest()
    this.#version++
    this.#id = id
    return this.position
  }

  read(since: StatePosition | undefined): StateUpdate {
    const { position } = this
    if (since === undefined || !this.#knows(since))
      return { ...position, kind: 'replace', values: [...this.#values.values()] }
    return { ...position, kind: 'change', values: this.#changesSince(since.version) }
  }

  #knows(since: StatePosition): boolean {
    if (since.epoch !== this.#epoch || since.version > this.#version) return false
    if (since.version === this.#version) return since.id === this.#id
    return this.#changes.at(this.#indexAfter(since.version))?.prev === since.id
  }

  #indexAfter(version: number): number {
    return this.#changes.length - (this.#version - version)
  }

  /** Each place once, with its value now, in the order of the last changes. */
  #changesSince(version: number): StateValue[] {
    const places = new Set<string>()
    for (let index = this.#indexAfter(version); index < this.#changes.length; index++) {
      const { place } = this.#changes.at(index) as Change
      places.delete(place)
      places.add(place)
    }
    return Array.from(places, (place) => this.#values.get(place) ?? removedAt(place))
  }
}

/** Unambiguous as JSON, and readable back for a value that was removed. */
function placeOf({ name, key }: StateValue): string {
  return JSON.stringify([name, key])
}

function removedAt(place: string): StateValue {
  const [name, key] = JSON.parse(place) as [string, string]
  return { name, key, payload: null }
}
