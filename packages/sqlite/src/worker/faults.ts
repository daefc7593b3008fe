import type { Refusal } from '../protocol.ts'

/** Primary result codes (https://sqlite.org/rescode.html) that say something about the file or the disk. */
const primaryCodes: Readonly<Record<number, Fault>> = {
  3: 'PERM',
  5: 'BUSY',
  7: 'NOMEM',
  8: 'READONLY',
  10: 'IOERR',
  11: 'CORRUPT',
  13: 'FULL',
  14: 'CANTOPEN',
  26: 'NOTADB',
}

type Fault = 'PERM' | 'BUSY' | 'NOMEM' | 'READONLY' | 'IOERR' | 'CORRUPT' | 'FULL' | 'CANTOPEN' | 'NOTADB'

/**
 * libsql does not name all extended codes (SQLITE_IOERR_FSYNC is `UNKNOWN_SQLITE_ERROR_1034`), so that the number
 * counts: its lowest byte is the primary code.
 */
export function faultOf(error: unknown): Fault | undefined {
  const { rawCode, code, message } = error as {
    readonly rawCode?: unknown
    readonly code?: unknown
    readonly message?: unknown
  }
  if (typeof rawCode === 'number') return primaryCodes[rawCode & 0xff]
  if (code === 'ENOSPC') return 'FULL'
  if (code === 'EIO') return 'IOERR'
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return 'CANTOPEN' // of Node's file system
  // A file that libsql cannot open has no code, but its number at the end of the message.
  return typeof message === 'string' && message.includes('Unable to open connection to local database')
    ? 'CANTOPEN'
    : undefined
}

/** An error as SQLite would have thrown it. */
export function faultError(fault: Fault, message: string): Error {
  const [rawCode] = Object.entries(primaryCodes).find(([, name]) => name === fault) ?? []
  return Object.assign(new Error(message), { rawCode: Number(rawCode) })
}

/** One sentence that says what is wrong with the file and what to do. */
export function faultSentence(error: unknown, file: string): string {
  const fault = faultOf(error)
  if (fault !== undefined) return sentences[fault](file)
  const message = error instanceof Error ? error.message : String(error)
  return `the database ${file} failed: ${message}; report it as a bug of @millrace/sqlite`
}

const sentences: Readonly<Record<Fault, (file: string) => string>> = {
  BUSY: (file) =>
    `${file} is in use by another server; stop it, or choose another file, since two servers cannot share one`,
  NOTADB: (file) => `${file} is not an SQLite database; choose another file, or move this one away`,
  CORRUPT: (file) => `${file} is damaged; move it and ${file}-wal away and restore a backup, or start without them`,
  FULL: (file) => `the disk that holds ${file} is full, or maxFileBytes is reached; free some space`,
  READONLY: (file) => `${file} cannot be written; give this process the right to write the file and its folder`,
  PERM: (file) => `${file} cannot be opened; give this process the right to read and write it and its folder`,
  CANTOPEN: (file) =>
    `${file} cannot be opened; check that it is a file and that this process may read and write its folder`,
  IOERR: (file) => `the disk that holds ${file} fails to read or write; check the disk`,
  NOMEM: (file) => `there is no memory left for ${file}; give the process more`,
}

/**
 * Whether the connection is of no more use. Its file must be opened anew, because what is in memory may differ from what
 * is on the disk: after a failed fsync nobody knows which pages were written (https://wiki.postgresql.org/wiki/Fsync_Errors).
 */
export function isFatal(error: unknown): boolean {
  const fault = faultOf(error)
  return fault !== undefined && fault !== 'FULL'
}

export function unavailable(message: string): Refusal {
  return { code: 'UNAVAILABLE', message }
}

export function outcomeUnknown(message: string): Refusal {
  return { code: 'OUTCOME_UNKNOWN', message: `${message}; whether it took effect cannot be known` }
}
