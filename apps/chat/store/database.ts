import SqliteFile from 'libsql'
import { CamelCasePlugin, Kysely, Migrator, PostgresDialect, SqliteDialect, sql } from 'kysely'
import type { Dialect, Migration, RawBuilder as Query } from 'kysely'
import pg from 'pg'

export { sql, type Query }

/** Where the data is: a file of SQLite, or a URL of PostgreSQL. */
export type Place = { readonly file: string } | { readonly databaseUrl: string }

/** SQL on SQLite or PostgreSQL. Columns in `snake_case` come back in `camelCase`. */
export class Database {
  readonly #kysely: Kysely<unknown>

  constructor(kysely: Kysely<unknown>) {
    this.#kysely = kysely
  }

  async all<Row>(query: Query<unknown>): Promise<Row[]> {
    return (await query.execute(this.#kysely)).rows as Row[]
  }

  async first<Row>(query: Query<unknown>): Promise<Row | undefined> {
    return (await this.all<Row>(query))[0]
  }

  /** @returns Whether there was a row; of a change, what its `returning` gives. */
  async has(query: Query<unknown>): Promise<boolean> {
    return (await this.all(query)).length > 0
  }

  /** All or nothing; a part of the transaction that it is called in. */
  transact<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.#kysely.isTransaction) return work(this)
    return this.#kysely.transaction().execute((transaction) => work(new Database(transaction)))
  }

  close(): Promise<void> {
    return this.#kysely.destroy()
  }
}

/**
 * Opens the database and brings its tables up to date; of nodes that do so at once, one does it.
 *
 * @param migrations Statements by name, in the order of the names. SQLite runs them without a transaction, so that one
 * that was cut off must pass when it is run again.
 * @throws Error One sentence, without the URL's password.
 */
export async function openDatabase(place: Place, migrations: Record<string, readonly string[]>): Promise<Database> {
  const kysely = new Kysely<unknown>({ dialect: dialectOf(place), plugins: [new CamelCasePlugin()] })
  const steps = Object.entries(migrations).map(([name, statements]): [string, Migration] => {
    const up = async (tx: Kysely<unknown>): Promise<void> => {
      for (const statement of statements) await sql.raw(statement).execute(tx)
    }
    return [name, { up }]
  })
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(steps)) }
  const { error } = await new Migrator({ db: kysely, provider }).migrateToLatest()
  if (error === undefined) return new Database(kysely)
  await kysely.destroy()
  const name = 'file' in place ? `the database file ${place.file}` : 'the database that DATABASE_URL names'
  const cause = error instanceof Error ? error.message : JSON.stringify(error)
  throw new Error(`${name} cannot be opened: ${cause}`, { cause: error })
}

const int8 = 20

function dialectOf(place: Place): Dialect {
  if ('file' in place) return new SqliteDialect({ database: () => Promise.resolve(openFile(place.file)) })
  const pool = new pg.Pool({
    connectionString: place.databaseUrl,
    connectionTimeoutMillis: 5_000,
    // Counts and times are numbers here, not texts.
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // A connection that is lost while nobody uses it is replaced by the pool; those in use reject their queries.
  pool.on('error', () => undefined)
  return new PostgresDialect({ pool })
}

function openFile(file: string): SqliteFile.Database {
  const database = new SqliteFile(file, { timeout: 5_000 })
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL') // fsync at each commit
  database.exec('PRAGMA foreign_keys = ON')
  return database
}
