import type Database from 'libsql'
import { isRead } from '../is-read.ts'
import type { Batch, BatchAnswer, Operation, Refusal, Result } from '../protocol.ts'
import { faultSentence, isFatal, outcomeUnknown, unavailable } from './faults.ts'
import { Refused } from './refused.ts'
import type { Tables } from './tables.ts'

export interface Run {
  readonly answers: readonly BatchAnswer[]
  /** The connection is of no more use; why, in one sentence. */
  readonly fatal?: string
}

/**
 * Commits all batches together: one fsync. Nothing is answered before it. A refused operation refuses itself only; where
 * the transaction as a whole fails, it is undone and each operation gets one of its own, so that one fault does not take
 * its neighbours along and reads go on while the disk is full.
 */
export function runBatches(database: Database.Database, tables: Tables, file: string, batches: readonly Batch[]): Run {
  let isCommitting = false
  try {
    database.exec('BEGIN IMMEDIATE')
    const answers = batches.map((batch) => ({
      serial: batch.serial,
      results: batch.operations.map((operation) => runOperation(tables, operation, batch)),
    }))
    tables.save(batches.at(-1)?.now ?? 0)
    isCommitting = true
    database.exec('COMMIT')
    return { answers }
  } catch (error) {
    const sentence = faultSentence(error, file)
    const isUndone = rollBack(database, tables)
    // A failed fsync leaves pages that may still reach the disk.
    const isKnown = !isCommitting || !isFatal(error)
    if (!isUndone || isFatal(error)) {
      const refuse = (operation: Operation): Refusal =>
        isKnown || isRead(operation) ? unavailable(sentence) : outcomeUnknown(sentence)
      return { answers: refuseAll(batches, refuse), fatal: sentence }
    }
    const isSingle = batches.length === 1 && batches[0]?.operations.length === 1
    return isSingle
      ? { answers: refuseAll(batches, () => unavailable(sentence)) }
      : runSingly(database, tables, file, batches)
  }
}

function runOperation(tables: Tables, operation: Operation, batch: Batch): Result {
  try {
    return { ok: tables.run(operation, batch) }
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refusal }
    throw error
  }
}

/** @returns Whether the file is as it was before the transaction. SQLite has undone it by itself where the disk is full. */
function rollBack(database: Database.Database, tables: Tables): boolean {
  try {
    if (database.inTransaction) database.exec('ROLLBACK')
    tables.reload()
    return true
  } catch {
    return false
  }
}

function runSingly(database: Database.Database, tables: Tables, file: string, batches: readonly Batch[]): Run {
  let fatal: string | undefined
  const answers = batches.map((batch) => ({
    serial: batch.serial,
    results: batch.operations.map((operation): Result => {
      if (fatal !== undefined) return { refused: unavailable(fatal) }
      const run = runBatches(database, tables, file, [{ ...batch, operations: [operation] }])
      fatal = run.fatal
      return run.answers[0]?.results[0] as Result
    }),
  }))
  return fatal === undefined ? { answers } : { answers, fatal }
}

function refuseAll(batches: readonly Batch[], refuse: (operation: Operation) => Refusal): BatchAnswer[] {
  return batches.map(({ serial, operations }) => ({
    serial,
    results: operations.map((operation) => ({ refused: refuse(operation) })),
  }))
}
