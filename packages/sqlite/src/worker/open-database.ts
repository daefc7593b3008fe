import { existsSync, mkdirSync, openSync, closeSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { faultError } from './faults.ts'
import { applicationId, blobSchema, schema, schemaVersion, seriesSchema } from './schema.ts'

/** How long to wait for a predecessor that is just closing, ms. */
const lockTimeoutMs = 1_000

/** Larger files are not read as a whole at each start; their faults are found when the damaged page is read. */
const maxCheckedBytes = 256_000_000

const pageBytes = 4_096

/**
 * Opens the file, or makes it, and locks it for this process until it ends.
 *
 * @throws Error Of SQLite, or with a sentence that says what to do.
 */
export function openDatabase(file: string, maxFileBytes: number): Database.Database {
  mkdirSync(dirname(file), { recursive: true })
  assertDatabase(file)
  const database = new Database(file, { timeout: lockTimeoutMs })
  try {
    assertOurs(database, file)
    configure(database, maxFileBytes)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite takes a file of under 100 bytes for an empty one and would write over it. */
function assertDatabase(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined) return
  if (!stats.isFile()) throw faultError('CANTOPEN', 'not a file')
  if (stats.size === 0 || existsSync(`${file}-journal`)) return
  const header = Buffer.alloc(16)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, header, 0, header.length, 0)
  } finally {
    closeSync(descriptor)
  }
  if (header.toString('latin1') !== 'SQLite format 3\0') {
    throw faultError('NOTADB', 'file is not a database')
  }
}

/** Before the first write, so that a foreign file stays as it is. */
function assertOurs(database: Database.Database, file: string): void {
  const number = (text: string): number => Number((database.prepare(text).raw().get() as [number])[0])
  const tables = number('SELECT count(*) FROM sqlite_schema')
  const application = number('PRAGMA application_id')
  if (application !== applicationId && (application !== 0 || tables > 0)) {
    throw new Error(`${file} is a database of another application; choose another file`)
  }
  const version = number('PRAGMA user_version')
  if (application === applicationId && version > schemaVersion) {
    throw new Error(
      `${file} was written by a newer version of @millrace/sqlite; update the package, or choose another file`,
    )
  }
}

function configure(database: Database.Database, maxFileBytes: number): void {
  // Exclusive before the first use of the WAL: one process, and no shared memory file beside the database.
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL') // fsync at each commit
  database.exec('PRAGMA cell_size_check = ON')
  database.exec('PRAGMA trusted_schema = OFF')
  database.exec('PRAGMA cache_size = -16000')
  database.exec('PRAGMA wal_autocheckpoint = 4000') // 16 MB
  database.exec('PRAGMA journal_size_limit = 64000000')
  if (Number.isFinite(maxFileBytes))
    database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxFileBytes / pageBytes))}`)
  check(database)
  database.exec('BEGIN EXCLUSIVE')
  const [version] = database.prepare('PRAGMA user_version').raw().get() as [number]
  if (version === 0) database.exec(schema)
  if (version < 2) database.exec(seriesSchema)
  if (version < 3) database.exec(blobSchema)
  database.exec(`PRAGMA user_version = ${schemaVersion}`)
  database.exec(`UPDATE claim SET state = 'lost' WHERE state = 'running'`) // of a process that died
  database.exec('COMMIT')
  // The tables are in the file itself from here on, so that a WAL that is deleted costs data, not the schema.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}

function check(database: Database.Database): void {
  const [pages] = database.prepare('PRAGMA page_count').raw().get() as [number]
  if (pages * pageBytes > maxCheckedBytes) return
  const { quick_check: verdict } = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }
  if (verdict !== 'ok') throw faultError('CORRUPT', verdict)
}
