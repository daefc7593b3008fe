import { fail, MillraceError } from '@millrace/contract'

/**
 * Codes of errors that another attempt would meet again: data or rights that do not fit (SQLSTATE classes 22, 23 and 42), and
 * the same of SQLite. What is left is a database that is away, busy, closing or full; a lost connection has no code at all.
 */
const ofStatements = /^(22|23|42)|^SQLITE_(CONSTRAINT|ERROR|MISMATCH|RANGE|TOOBIG|OK)/

/** @throws MillraceError `UNAVAILABLE`, or the error itself where the statement or the caller is at fault. */
export function unavailable(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof MillraceError || ofStatements.test(code)) throw error
  throw fail('UNAVAILABLE', 'the database does not answer; try again in a moment', { cause: error })
}
