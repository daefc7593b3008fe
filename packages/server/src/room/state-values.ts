import type { StatePosition } from '@millrace/contract'
import type { Payload } from '../ports/event-log.ts'
import type { StateUpdate, StateValue } from '../ports/keyed-state.ts'

/** Removed keys that are remembered for members who were not told yet. */
const maxRemoved = 1_000

/** Keys as they were flushed: each value has the number of the flush's value that it was sent as. */
interface Held extends StateValue {
  payload: Payload | null
  /** 0 before its first flush. */
  number: number
  /** Where everybody stood before that flush; undefined where that is not known. */
  before: StatePosition | undefined
}

/** How far one member was told: every value up to a number. */
export interface Told {
  /** Where the member was when it could not take more. */
  readonly start: number
  /** Removals since then are told, or everything is told anew. */
  readonly base: number
  readonly number: number
}

/** What a member is told next. */
export interface StatePart {
  readonly kind: StateUpdate['kind']
  readonly values: readonly StateValue[]
  /** Where the member stands after it; undefined: nowhere that the store knows. */
  readonly position: StatePosition | undefined
  readonly conflated: number
  /** Undefined: all was told. */
  readonly told: Told | undefined
}

/** The newest value of each key of a room, in the order in which members were told of them. */
export class StateValues {
  readonly #held = new Map<string, Held>()
  #removed = 0
  /** The number of the newest value that was flushed. */
  #newest = 0
  /** Removals up to this number are forgotten. */
  #forgotten = 0
  #position: StatePosition | undefined;

  /** The newest values, removed keys left out, flushed or not. */
  *all(): IterableIterator<StateValue> {
    for (const held of this.#held.values()) if (held.payload !== null) yield held
  }

  get(field: string): StateValue | undefined {
    const held = this.#held.get(field)
    return held?.payload === null ? undefined : held
  }

  /** Takes in a value that is not flushed yet. */
  set(field: string, { name, key, payload }: StateValue): void {
    const held = this.#held.get(field)
    if (held === undefined) {
      this.#held.set(field, { name, key, payload, number: 0, before: undefined })
      if (payload === null) this.#removed++
      return
    }
    if ((held.payload === null) !== (payload === null)) this.#removed += payload === null ? 1 : -1
    held.payload = payload
  }

  /** Everything was read anew: what is not set after this was removed, nobody knows when. */
  clear(): void {
    this.#held.clear()
    this.#removed = 0
    this.#forgotten = this.#newest + 1
    this.#position = undefined
  }

  /** These fields are being sent to everybody. */
  flushed(fields: Iterable<string>, position: StatePosition): void {
    const before = this.#position
    for (const field of fields) {
      const held = this.#held.get(field)
      if (held === undefined) continue
      held.number = ++this.#newest
      held.before = before
      this.#held.delete(field)
      this.#held.set(field, held)
    }
    this.#position = position
    if (this.#removed > 2 * maxRemoved) this.#forget()
  }

  /** Where a member stands that was told everything. */
  get told(): Told {
    return { start: this.#newest, base: this.#newest, number: this.#newest }
  }

  get position(): StatePosition | undefined {
    return this.#position
  }

  /** The next part for a member, in the order in which the others were told. Undefined: the next flush tells all that is newer. */
  after(told: Told, maxBytes: number): StatePart | undefined {
    if (this.#position === undefined) return undefined
    const isAnew = told.base < this.#forgotten
    const from = isAnew ? 0 : told.number
    const values: Held[] = []
    let bytes = 0
    let last = this.#newest
    let cut: Held | undefined
    for (const held of this.#held.values()) {
      if (held.number <= from || (isAnew && held.payload === null)) continue
      bytes += costOf(held)
      if (values.length > 0 && bytes > maxBytes) {
        cut = held
        break
      }
      values.push(held)
    }
    if (values.length === 0 && !isAnew) return undefined
    if (cut) last = values[values.length - 1]!.number
    const newer = values.filter(({ number }) => number > told.start).length
    return {
      kind: isAnew ? 'replace' : 'change',
      values,
      position: cut ? cut.before : this.#position,
      conflated: Math.max(last, told.start) - Math.max(told.number, told.start) - newer,
      told: cut && { start: told.start, base: isAnew ? this.#newest : told.base, number: last },
    }
  }

  #forget(): void {
    for (const [field, { payload, number }] of this.#held) {
      if (payload !== null || number === 0) continue
      this.#held.delete(field)
      this.#forgotten = number
      if (--this.#removed <= maxRemoved) return
    }
  }
}

function costOf({ name, key, payload }: StateValue): number {
  const bytes = payload === null ? 0 : typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength
  return bytes + name.length + Buffer.byteLength(key) + overheadBytes
}

/** Brackets, quotes and commas of a value on the wire. */
const overheadBytes = 8
