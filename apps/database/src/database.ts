import { sql, type Kysely, type RawBuilder as Query } from 'kysely'
import { nest } from './nest.ts'
import { unavailable } from './unavailable.ts'

export { sql, type Query }

/**
 * SQL on SQLite or PostgreSQL, for what both understand: `` database.all<Row>(sql`select .. where id = ${id}`) ``. Columns in
 * `snake_case` come back in `camelCase`; times and counts are numbers. No booleans: libsql takes none. `author.name as "author.name"`
 * comes back as `{ author: { name } }`, and as `{ author: null }` where an outer join found nobody.
 *
 * Rejects with a MillraceError `UNAVAILABLE` where the database does not answer or cannot store more, and with the database's
 * own error where the statement is at fault.
 */
export class Database {
  readonly #kysely: Kysely<unknown>

  constructor(kysely: Kysely<unknown>) {
    this.#kysely = kysely
  }

  async all<Row>(query: Query<unknown>): Promise<Row[]> {
    const { rows } = await query.execute(this.#kysely).catch(unavailable)
    const isNested = Object.keys(rows[0] ?? {}).some((column) => column.includes('.'))
    return (isNested ? (rows as Record<string, unknown>[]).map(nest) : rows) as Row[]
  }

  async first<Row>(query: Query<unknown>): Promise<Row | undefined> {
    return (await this.all<Row>(query))[0]
  }

  /** @returns Whether there was a row; of a change, what its `returning` gives. */
  async has(query: Query<unknown>): Promise<boolean> {
    return (await this.all(query)).length > 0
  }

  /**
   * All or nothing, each statement seeing what was committed before it; within a transaction, a part of that one. Whatever
   * changes something runs in one: on SQLite it waits for other processes at the transaction's beginning only.
   */
  transact<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.#kysely.isTransaction) return work(this)
    const run = this.#kysely.transaction().execute((transaction) => work(new Database(transaction)))
    return run.catch(unavailable)
  }

  close(): Promise<void> {
    return this.#kysely.destroy()
  }
}
