import type { RowRules } from './history-options.ts'
import type { Row } from './row.ts'

interface Placed {
  row: Row<unknown>
  /** Orders rows where the application does not: an offset of the log, or below 0 what came otherwise and before it. */
  place: number
  /** The offset of this version; undefined where it came with a page or an answer. */
  offset: number | undefined
}

/** Behind everything in the log. */
const atTheEnd = Number.MAX_SAFE_INTEGER

/** The newest version of each row that the server is known to have. */
export class StoredRows {
  readonly #rules: () => RowRules
  readonly #byId = new Map<string, Placed>()
  /** Sorted by the last `list`, and a page in front of it, so that the next one has little to do. */
  #order: Placed[] = []
  #listed: readonly Row<unknown>[] = []
  /** What `#listed` was made for; undefined where a row changed since. */
  #listedFor: boolean | undefined
  /** The oldest value of a page; what sorts before it belongs to a page that is still to come. */
  #floor: unknown
  #lowest = 0

  constructor(rules: () => RowRules) {
    this.#rules = rules
  }

  get size(): number {
    return this.#byId.size
  }

  /** An event since the snapshot, in whatever order they are read. */
  addEvent(value: unknown, offset: number): void {
    const isHerer = (known: Placed) => known.offset === undefined || offset >= known.offset
    const placed = this.#put(value, { place: offset, offset }, isHerer)
    if (placed.place >= 0) placed.place = Math.min(placed.place, offset)
  }

  /** An event of a page of the room's history, which may be older than what a snapshot says. */
  addPast(value: unknown, offset: number): void {
    const isHerer = (known: Placed) => known.offset !== undefined && offset >= known.offset
    const placed = this.#put(value, { place: offset, offset }, isHerer)
    placed.place = placed.place < 0 ? offset : Math.min(placed.place, offset)
  }

  /** The answer to a request, whose event may come before or after it. */
  addAnswer(value: unknown): void {
    this.#put(value, { place: atTheEnd, offset: undefined }, () => false)
  }

  /** A page of the application's own, in order, which stands before everything that is there. */
  addPage(values: readonly unknown[]): void {
    this.#lowest -= values.length
    const count = this.#order.length
    for (const [index, value] of values.entries())
      this.#put(value, { place: this.#lowest + index, offset: undefined }, () => false)
    this.#order = [...this.#order.splice(count), ...this.#order]
    if (values.length > 0) this.#floor = values[0]
  }

  /**
   * @param hasOlder Whether pages are still to come; then rows that belong to them are left out.
   * @returns The list of the last call where no row of it changed.
   */
  list(hasOlder: boolean): readonly Row<unknown>[] {
    if (this.#listedFor === hasOlder) return this.#listed
    const { compare } = this.#rules()
    const floor = this.#floor
    const isHere = (row: Row<unknown>) => !compare || !hasOlder || floor === undefined || compare(row.value, floor) >= 0
    this.#order.sort((a, b) => compare?.(a.row.value, b.row.value) || a.place - b.place)
    const rows = this.#order.map(({ row }) => row).filter(isHere)
    if (rows.length !== this.#listed.length || rows.some((row, at) => row !== this.#listed[at])) this.#listed = rows
    this.#listedFor = hasOlder
    return this.#listed
  }

  #put(value: unknown, where: Omit<Placed, 'row'>, isHerer: (known: Placed) => boolean): Placed {
    const { id: idOf, isNewer } = this.#rules()
    const id = idOf(value)
    const row = { id, value, state: 'stored' as const }
    const known = this.#byId.get(id)
    this.#listedFor = undefined
    if (!known) {
      const placed = { row, ...where }
      this.#byId.set(id, placed)
      this.#order.push(placed)
      return placed
    }
    if (isNewer ? isNewer(value, known.row.value) : isHerer(known)) {
      known.row = row
      known.offset = where.offset
    }
    return known
  }
}
