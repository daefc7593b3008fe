import { resolve } from 'node:path'
import { keyWindowMs, maxBlobs, metadataMs } from '@millrace/server'
import type { WorkerOptions } from './protocol.ts'

export interface SqliteOptions {
  /** The database. It and its folder are made where they do not exist; `-wal` beside it belongs to it. */
  readonly file: string
  /** Rooms that are remembered, those with a log, with keyed state and with kept bytes each, and series. More are `OVERLOADED`. Default 1,000,000. */
  readonly maxRooms?: number
  /** Keys of appends, and keys of requests, in 5 minutes. More are `OVERLOADED`. Default 1,000,000. */
  readonly maxKeys?: number
  /** Bytes of all remembered answers to requests; above it the oldest are dropped. Default 64,000,000. */
  readonly maxAnswerBytes?: number
  /** Versions of a room's keyed state from which a returning client gets changes only. Default 1,000. */
  readonly maxStateChanges?: number
  /**
   * Bytes of the database without its WAL (at most about 64 MB more). At the limit writes are `UNAVAILABLE`, as on a full
   * disk. Default Infinity: the disk is the limit.
   */
  readonly maxFileBytes?: number
}

export function workerOptions(options: SqliteOptions): WorkerOptions {
  const { file, maxRooms = 1_000_000, maxKeys = 1_000_000, maxAnswerBytes = 64_000_000 } = options
  const { maxStateChanges = 1_000, maxFileBytes = Infinity } = options
  return {
    file: resolve(file),
    maxRooms,
    maxKeys,
    maxBlobs,
    maxAnswerBytes,
    maxStateChanges,
    maxFileBytes,
    keyWindowMs,
    metadataMs,
  }
}
