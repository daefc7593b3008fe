import { resolve } from 'node:path'
import { keyWindowMs, memory, metadataMs, Opening, type Store, type StoreContext, type StoreProvider } from '@millrace/server'
import type { WorkerOptions } from './protocol.ts'
import { SqliteCore } from './sqlite-core.ts'
import { SqliteEventLog } from './sqlite-event-log.ts'
import { SqliteKeyedState } from './sqlite-keyed-state.ts'
import { SqliteRequestClaims } from './sqlite-request-claims.ts'

export interface SqliteOptions {
  /** The database. It and its folder are made where they do not exist; `-wal` beside it belongs to it. */
  readonly file: string
  /** Rooms that are remembered, those with a log and those with keyed state each. More are `OVERLOADED`. Default 1,000,000. */
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

/**
 * A store in one file of this machine. An acknowledged append, state write or claim is on the disk (`fsynced`): it
 * survives the death of the process and of the machine. Presence and bus live in this process.
 *
 * The file is locked while it is open: one process at a time. Servers that open the same value share it.
 */
export function sqlite(options: SqliteOptions): StoreProvider {
  const inProcess = memory()
  const openings = new Set<Opening>()
  let core: SqliteCore | undefined
  // Opening and closing the file take turns, so that a server that starts while the last one ends finds it unlocked.
  let turn: Promise<unknown> = Promise.resolve()
  const takeTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const result = turn.then(run)
    turn = result.catch(() => undefined)
    return result
  }

  const open = async (context: StoreContext): Promise<Store> => {
    const opened = core ?? new SqliteCore(workerOptions(options), context)
    if (core === undefined) await opened.open()
    core = opened
    const opening = new Opening(context.onError)
    openings.add(opening)
    const { presence, bus, ...local } = await inProcess.open(context)
    const claims = new SqliteRequestClaims(opened, opening, context.random.id())
    return {
      log: new SqliteEventLog(opened, opening),
      state: new SqliteKeyedState(opened, opening),
      presence,
      bus,
      claims,
      isReady: () => opening.isOpen && opened.isReady,
      close: () => takeTurn(async () => {
        if (!openings.delete(opening)) return
        opening.close()
        await local.close()
        await claims.abandon().catch(context.onError)
        if (openings.size > 0) return
        core = undefined
        await opened.close()
      }),
    }
  }
  return { open: (context) => takeTurn(() => open(context)) }
}

function workerOptions(options: SqliteOptions): WorkerOptions {
  const { file, maxRooms = 1_000_000, maxKeys = 1_000_000, maxAnswerBytes = 64_000_000 } = options
  const { maxStateChanges = 1_000, maxFileBytes = Infinity } = options
  return { file: resolve(file), maxRooms, maxKeys, maxAnswerBytes, maxStateChanges, maxFileBytes, keyWindowMs, metadataMs }
}
