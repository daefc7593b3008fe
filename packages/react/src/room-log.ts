import type { Position } from '@millrace/contract'

export interface LoggedEvent {
  readonly name: string
  readonly payload: unknown
  readonly position: Position
  /** The publisher's key. */
  readonly key: string | null
}

/** Enough for who mounts while the room is busy; who mounts later than that reads the rest from the room's history. */
const maxKept = 1_000

/** The durable events of a room since its newest snapshot: the first of them, and the newest thousand. */
export class RoomLog {
  #first: LoggedEvent | undefined
  #kept: LoggedEvent[] = []
  #taken = 0
  #snapshots = 0

  /** Counts snapshots; 0 before the first. What was read under another number is of no use. */
  get snapshots(): number {
    return this.#snapshots
  }

  /** How many events came since the snapshot. */
  get taken(): number {
    return this.#taken
  }

  restart(): void {
    this.#snapshots += 1
    this.#first = undefined
    this.#kept = []
    this.#taken = 0
  }

  add(event: LoggedEvent): void {
    this.#first ??= event
    this.#kept.push(event)
    this.#taken += 1
    // Half at a time, as each removal moves what is left.
    if (this.#kept.length > 1.5 * maxKept) this.#kept = this.#kept.slice(-maxKept)
  }

  /**
   * The events after the first `seen`.
   *
   * @returns `hole`: events between these two positions, themselves not included, are kept no more.
   */
  after(seen: number): { readonly events: readonly LoggedEvent[]; readonly hole?: { from: Position; to: Position } } {
    const dropped = this.#taken - this.#kept.length
    if (seen >= dropped) return { events: this.#kept.slice(seen - dropped) }
    const [next] = this.#kept
    if (!this.#first || !next) return { events: [] }
    return { events: [this.#first, ...this.#kept], hole: { from: this.#first.position, to: next.position } }
  }
}
