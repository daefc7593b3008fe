import SqliteFile from 'libsql'
import { CamelCasePlugin, Kysely, Migrator, PostgresDialect, SqliteDialect, sql } from 'kysely'
import type { Dialect, Migration, SqliteDatabase, SqliteStatement } from 'kysely'
import pg from 'pg'
import { Database, type Query } from './database.ts'

/** A file of SQLite, which one process has open at a time, or a URL of PostgreSQL, for many. */
export type DatabasePlace = { readonly file: string } | { readonly databaseUrl: string }

/** How long to wait for a connection, ms. */
const connectTimeoutMs = 5_000
/** How long a transaction waits for another process that writes to the file, ms. It stops this process meanwhile. */
const lockTimeoutMs = 1_000
/** The type `bigint` of PostgreSQL, for which the driver would give texts. */
const int8 = 20

/**
 * Opens the database and brings its tables up to date; of nodes that do so at once, one does it.
 *
 * @param application A word in small letters: on PostgreSQL its tables are in a schema of that name, so that applications may
 * share one database.
 * @param migrations Statements by name, in the order of the names: parts of an application may each bring their own, and later
 * add some. SQLite runs them without a transaction, so that one that was cut off must pass when it is run again.
 * @throws Error One sentence, without the URL's password.
 */
export async function openDatabase(
  place: DatabasePlace,
  application: string,
  migrations: Readonly<Record<string, readonly (string | Query<unknown>)[]>>,
): Promise<Database> {
  const kysely = new Kysely<unknown>({ dialect: dialectOf(place, application), plugins: [new CamelCasePlugin()] })
  const steps = Object.entries(migrations).map(([name, statements]): [string, Migration] => {
    const up = async (tx: Kysely<unknown>): Promise<void> => {
      for (const each of statements) await (typeof each === 'string' ? sql.raw(each) : each).execute(tx)
    }
    return [name, { up }]
  })
  const provider = { getMigrations: () => Promise.resolve(Object.fromEntries(steps)) }
  const schema = 'file' in place ? {} : { migrationTableSchema: application }
  const migrator = new Migrator({ db: kysely, provider, allowUnorderedMigrations: true, ...schema })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return new Database(kysely)
  await kysely.destroy()
  const name = 'file' in place ? `the database file ${place.file}` : 'the database that DATABASE_URL names'
  throw new Error(`${name} cannot be opened: ${messageOf(error)}`, { cause: error })
}

/** Of a host with several addresses, the error has no message but those of each address. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ')
  return error instanceof Error ? error.message : JSON.stringify(error)
}

function dialectOf(place: DatabasePlace, schema: string): Dialect {
  if ('file' in place) return new SqliteDialect({ database: () => Promise.resolve(openFile(place.file)) })
  const pool = new pg.Pool({
    ...inSchema(place.databaseUrl, schema),
    connectionTimeoutMillis: connectTimeoutMs,
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // The pool replaces a lost connection, and who uses it has its query rejected; between two queries of a transaction only
  // this event tells, which would end the process.
  const ignore = (): void => undefined
  pool.on('error', ignore).on('connect', (client) => client.on('error', ignore))
  return new PostgresDialect({ pool })
}

/** What a URL says of itself comes before what is said beside it. */
function inSchema(databaseUrl: string, schema: string): pg.PoolConfig {
  const options = `-c search_path=${schema}`
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined
  const own = url?.searchParams.get('options')
  if (!url || !own) return { connectionString: databaseUrl, options }
  url.searchParams.set('options', `${own} ${options}`)
  return { connectionString: url.href }
}

/** What Kysely needs of a database. */
function openFile(file: string): SqliteDatabase {
  const database = new SqliteFile(file, { timeout: lockTimeoutMs })
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL') // fsync at each commit
  database.exec('PRAGMA foreign_keys = ON')
  // libsql leaves a statement that found the file locked open, and with it commits nothing more. So transactions take the
  // lock at their beginning, by `exec`, which ends what it ran.
  const begin = (): { changes: number; lastInsertRowid: number } => {
    database.exec('BEGIN IMMEDIATE')
    return { changes: 0, lastInsertRowid: 0 }
  }
  const beginning: SqliteStatement = { reader: false, run: begin, all: () => [], iterate: () => [].values() }
  return {
    prepare: (text) => (text === 'begin' ? beginning : database.prepare(text)),
    close: () => database.close(),
  }
}
