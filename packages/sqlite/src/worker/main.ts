import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import type Database from 'libsql'
import type { Batch, FromWorker, ToWorker, WorkerOptions } from '../protocol.ts'
import { faultOf, faultSentence } from './faults.ts'
import { openDatabase } from './open-database.ts'
import { runBatches } from './run-batches.ts'
import { Tables } from './tables.ts'
import { transfersOf } from './transfers.ts'

/** Operations in one transaction. More wait for the next, so that the first are not held up without end. */
const maxOperations = 4_000

function serve(port: MessagePort, options: WorkerOptions): void {
  const say = (message: FromWorker): void => port.postMessage(message, transfersOf(message))
  let database: Database.Database
  let tables: Tables
  try {
    database = openDatabase(options.file, options.maxFileBytes)
    tables = new Tables(database, options)
  } catch (error) {
    say({
      kind: 'failed',
      reason: faultOf(error) === undefined ? (error as Error).message : faultSentence(error, options.file),
    })
    port.close()
    return
  }
  // Messages that were on their way still come after it; libsql aborts the whole process when a closed database is used.
  let hasEnded = false
  const end = (): void => {
    hasEnded = true
    database.close()
    port.close()
  }
  port.on('message', (first: ToWorker) => {
    if (hasEnded) return
    const batches: Batch[] = []
    let isLast = first === 'close'
    if (first !== 'close') batches.push(first)
    for (let count = operationsOf(first); !isLast && count < maxOperations;) {
      const next = (receiveMessageOnPort(port) as { message: ToWorker } | undefined)?.message
      if (next === undefined) break
      if (next === 'close') isLast = true
      else batches.push(next)
      count += operationsOf(next)
    }
    if (batches.length > 0) {
      const { answers, fatal } = runBatches(database, tables, options.file, batches)
      say({ kind: 'answers', answers })
      if (fatal !== undefined) {
        say({ kind: 'failed', reason: fatal })
        isLast = true
      }
    }
    if (isLast) end()
  })
  say({ kind: 'opened' })
}

function operationsOf(message: ToWorker): number {
  return message === 'close' ? 0 : message.operations.length
}

if (parentPort === null) throw new Error('this file is a worker thread; import @millrace/sqlite instead')
serve(parentPort, workerData as WorkerOptions)
