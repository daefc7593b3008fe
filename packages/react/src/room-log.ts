import type { Position } from '@millrace/contract'
import type { DurableEvent } from './untyped-room.ts'

/** Enough for who mounts while the room is busy; who mounts later than that reads the rest from the room's history. */
const maxKept = 1_000

export interface Missed {
  /** In order. */
  readonly events: readonly DurableEvent[]
  /** Between these two, themselves not included, are events that are kept no more. */
  readonly hole?: { readonly from: Position; readonly to: Position }
}

/** The durable events of a room since its newest snapshot: the first of them, and the newest thousand. */
export class RoomLog {
  #first: DurableEvent | undefined
  #kept: DurableEvent[] = []
  #taken = 0
  #version = 0
  #hasBegun = false

  /** Whether there was a snapshot, or a join without one, that counts. */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  /** Another number after each `restart` and `end`; 0 before the first. */
  get version(): number {
    return this.#version
  }

  /** How many events came since the snapshot. */
  get taken(): number {
    return this.#taken
  }

  /** A new snapshot is the truth. */
  restart(): void {
    this.end()
    this.#hasBegun = true
  }

  end(): void {
    this.#version += 1
    this.#hasBegun = false
    this.#first = undefined
    this.#kept = []
    this.#taken = 0
  }

  add(event: DurableEvent): void {
    this.#first ??= event
    this.#kept.push(event)
    this.#taken += 1
    // Half at a time, as each removal moves what is left.
    if (this.#kept.length > 1.5 * maxKept) this.#kept = this.#kept.slice(-maxKept)
  }

  /** What came after the first `seen` events. */
  after(seen: number): Missed {
    const dropped = this.#taken - this.#kept.length
    if (seen >= dropped) return { events: this.#kept.slice(seen - dropped) }
    const [next] = this.#kept
    if (!this.#first || !next) return { events: [] }
    return { events: [this.#first, ...this.#kept], hole: { from: this.#first.position, to: next.position } }
  }
}
