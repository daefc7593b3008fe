import type { RowRules } from './history-options.ts'
import type { Row } from './row.ts'

interface Placed {
  readonly row: Row<unknown>
  /** Orders rows where the application does not: an offset of the log, or below 0 what came otherwise and before it. */
  readonly place: number
}

/** Behind everything in the log. */
const atTheEnd = Number.MAX_SAFE_INTEGER

/** The newest version of each row that the server is known to have. */
export class StoredRows {
  readonly #rules: () => RowRules
  readonly #byId = new Map<string, Placed>()
  /** The oldest value of a page; what sorts before it belongs to a page that is still to come. */
  #floor: unknown
  #lowest = 0

  constructor(rules: () => RowRules) {
    this.#rules = rules
  }

  get size(): number {
    return this.#byId.size
  }

  /** An event as it came, at this offset. */
  addLive(value: unknown, offset: number): void {
    this.#put(value, true, (known) => (known === undefined ? offset : known < 0 ? known : Math.min(known, offset)))
  }

  /** An event of the past. */
  addPast(value: unknown, offset: number): void {
    this.#put(value, false, (known) => (known === undefined || known < 0 ? offset : Math.min(known, offset)))
  }

  /** The answer to a request, whose event may come before or after it. */
  addAnswer(value: unknown): void {
    this.#put(value, false, (known) => known ?? atTheEnd)
  }

  /** A page of the application's own, in order, which stands before everything that is there. */
  addPage(values: readonly unknown[]): void {
    this.#lowest -= values.length
    for (const [index, value] of values.entries()) this.#put(value, false, (known) => known ?? this.#lowest + index)
    if (values.length > 0) this.#floor = values[0]
  }

  /** @param hasOlder Whether pages are still to come; then rows that belong to them are left out. */
  list(hasOlder: boolean): readonly Row<unknown>[] {
    const { compare } = this.#rules()
    if (!compare) return [...this.#byId.values()].toSorted((a, b) => a.place - b.place).map(({ row }) => row)
    const rows = [...this.#byId.values()].map(({ row }) => row).toSorted((a, b) => compare(a.value, b.value))
    const floor = this.#floor
    return hasOlder && floor !== undefined ? rows.filter(({ value }) => compare(value, floor) >= 0) : rows
  }

  #put(value: unknown, isLater: boolean, place: (known: number | undefined) => number): void {
    const { id: idOf, isNewer } = this.#rules()
    const id = idOf(value)
    const known = this.#byId.get(id)
    const isReplaced = !known || (isNewer ? isNewer(value, known.row.value) : isLater)
    const row = isReplaced ? { id, value, state: 'stored' as const } : known.row
    this.#byId.set(id, { row, place: place(known?.place) })
  }
}
