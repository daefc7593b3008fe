interface CachedRow {
  readonly name: string
  isChanged: boolean
}

/** Above it the cache starts anew; a row is a few hundred bytes. */
const maxRows = 20_000

/**
 * Rows by name that this thread alone reads and writes. They are written back before each commit and forgotten at each
 * rollback, so that they never differ from the file.
 */
export class RowCache<Row extends CachedRow> {
  readonly #rows = new Map<string, Row>()
  readonly #changed: Row[] = []

  get(name: string): Row | undefined {
    return this.#rows.get(name)
  }

  add(row: Row): Row {
    this.#rows.set(row.name, row)
    return row
  }

  change(row: Row): void {
    if (row.isChanged) return
    row.isChanged = true
    this.#changed.push(row)
  }

  delete(row: Row): void {
    this.#rows.delete(row.name)
    row.isChanged = false
  }

  get changed(): readonly Row[] {
    return this.#changed.filter(({ isChanged }) => isChanged)
  }

  /** After the changed rows were written. */
  saved(): void {
    for (const row of this.#changed) row.isChanged = false
    this.#changed.length = 0
    if (this.#rows.size > maxRows) this.#rows.clear()
  }

  clear(): void {
    this.#rows.clear()
    this.#changed.length = 0
  }
}
