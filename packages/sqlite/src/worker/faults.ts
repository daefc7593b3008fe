import type { Refusal } from '../protocol.ts'

/** https://sqlite.org/rescode.html; libsql names extended codes too, for example SQLITE_IOERR_FSYNC. */
export function sqliteCode(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (typeof code === 'string') return code
  // A file that cannot be opened is reported with the number of its code at the end of the message.
  if (typeof message === 'string' && /Unable to open connection to local database/.test(message)) {
    return message.endsWith(': 14")') ? 'SQLITE_CANTOPEN' : 'SQLITE_ERROR'
  }
  return ''
}

/** One sentence that says what is wrong with the file and what to do. */
export function faultSentence(error: unknown, file: string): string {
  const code = sqliteCode(error)
  const known = sentences.find(([prefix]) => code.startsWith(prefix))
  if (known !== undefined) return known[1](file)
  const message = error instanceof Error ? error.message : String(error)
  return `the database ${file} failed with ${code || 'an error'}: ${message}; look at the disk, then start again`
}

const sentences: readonly (readonly [prefix: string, sentence: (file: string) => string])[] = [
  ['SQLITE_BUSY', (file) => `${file} is in use by another server; stop it, or choose another file, since two servers cannot share one`],
  ['SQLITE_NOTADB', (file) => `${file} is not an SQLite database; choose another file, or move this one away`],
  ['SQLITE_CORRUPT', (file) => `${file} is damaged; move it and ${file}-wal away and restore a backup, or start without them`],
  ['SQLITE_FULL', (file) => `the disk that holds ${file} is full, or maxFileBytes is reached; free some space`],
  ['SQLITE_READONLY', (file) => `${file} cannot be written; give this process the right to write the file and its folder`],
  ['SQLITE_PERM', (file) => `${file} cannot be opened; give this process the right to read and write it and its folder`],
  ['SQLITE_CANTOPEN', (file) => `${file} cannot be opened; check that it is a file and that this process may read and write its folder`],
  ['SQLITE_IOERR', (file) => `the disk that holds ${file} fails to read or write; check the disk`],
  ['SQLITE_NOMEM', (file) => `there is no memory left for ${file}; give the process more`],
]

/**
 * Whether the connection is of no more use. Its file must be opened anew, because what is in memory may differ from what
 * is on the disk: after a failed fsync nobody knows which pages were written (https://wiki.postgresql.org/wiki/Fsync_Errors).
 */
export function isFatal(error: unknown): boolean {
  return /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY|NOMEM|BUSY|PROTOCOL|MISUSE)/.test(sqliteCode(error))
}

export function unavailable(message: string): Refusal {
  return { code: 'UNAVAILABLE', message }
}

export function outcomeUnknown(message: string): Refusal {
  return { code: 'OUTCOME_UNKNOWN', message: `${message}; whether it took effect cannot be known` }
}
