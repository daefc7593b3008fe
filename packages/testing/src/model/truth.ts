import type { Position } from '@millrace/contract'
import { keyWindowMs, type Entry } from '@millrace/server'
import type { Violations } from './violations.ts'

export interface TrueEntry {
  readonly entry: Entry
  readonly n: number
  /** Monotonic ms. */
  readonly appendedAt: number
  /** A rewind took it back. */
  hasVanished: boolean
}

/** What the log did, entry by entry, since the run began. */
export class Truth {
  readonly #violations: Violations
  readonly #byId = new Map<string, TrueEntry>()
  readonly #byKey = new Map<string, TrueEntry[]>()
  /** Of the history as it is now; index 0 has offset 1. */
  readonly #branch: TrueEntry[] = []
  readonly #start: Position
  #floor = 0
  #highestFloor = 0

  constructor(start: Position, violations: Violations) {
    this.#start = start
    this.#violations = violations
  }

  get top(): Position {
    const last = this.#branch.at(-1)?.entry
    return last ? { epoch: last.epoch, offset: last.offset, id: last.id } : this.#start
  }

  /** Offset just before the oldest retained entry. */
  get floor(): number {
    return this.#floor
  }

  /** The highest floor there ever was. */
  get highestFloor(): number {
    return this.#highestFloor
  }

  append(entry: Entry, nowMs: number): void {
    // A log may tell an entry again.
    if (this.find(entry)?.hasVanished === false) return
    const { top } = this
    if (entry.offset !== top.offset + 1 || entry.prev !== top.id || entry.epoch !== top.epoch)
      this.#violations.add('P1', `the log appended ${entry.offset} after ${top.offset}, with another predecessor`)
    const { n } = JSON.parse(entry.payload as string) as { n: number }
    const added = { entry, n, appendedAt: nowMs, hasVanished: false }
    this.#checkKey(added)
    this.#branch.push(added)
    this.#byId.set(entry.id, added)
  }

  find(position: Position): TrueEntry | undefined {
    const known = this.#byId.get(position.id)
    return known?.entry.offset === position.offset && known.entry.epoch === position.epoch ? known : undefined
  }

  /** Whether the position was ever part of the log. */
  knows(position: Position): boolean {
    if (position.offset === 0) return position.epoch === this.#start.epoch && position.id === ''
    return this.find(position) !== undefined
  }

  hasVanished(position: Position): boolean {
    return this.find(position)?.hasVanished ?? false
  }

  /** Whether an entry was ever appended under this key. */
  underKey(user: string, key: string): readonly TrueEntry[] {
    return this.#byKey.get(`${user} ${key}`) ?? []
  }

  trimmed(keepEvents: number): void {
    this.#floor = Math.max(this.#floor, this.#branch.length - keepEvents)
    this.#highestFloor = Math.max(this.#highestFloor, this.#floor)
  }

  rewound(toOffset: number): void {
    for (const lost of this.#branch.splice(Math.max(toOffset, this.#floor))) lost.hasVanished = true
  }

  #checkKey(added: TrueEntry): void {
    const { key, from } = added.entry
    if (key === null) return
    const scope = `${from} ${key}`
    const earlier = this.#byKey.get(scope) ?? []
    const twice = earlier.find((one) => !one.hasVanished && added.appendedAt - one.appendedAt < keyWindowMs)
    if (twice)
      this.#violations.add(
        'P5',
        `the key ${key} was stored at ${twice.entry.offset} and again at ${added.entry.offset}`,
      )
    this.#byKey.set(scope, [...earlier, added])
  }
}
