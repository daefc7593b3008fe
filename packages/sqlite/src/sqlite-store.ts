import { memory, Opening, type Store, type StoreContext, type StoreProvider } from '@millrace/server'
import { SqliteCore } from './sqlite-core.ts'
import { SqliteBlobs } from './sqlite-blobs.ts'
import { SqliteEventLog } from './sqlite-event-log.ts'
import { SqliteKeyedState } from './sqlite-keyed-state.ts'
import { SqliteRequestClaims } from './sqlite-request-claims.ts'
import { SqliteTimeSeries } from './sqlite-time-series.ts'
import { workerOptions, type SqliteOptions } from './worker-options.ts'

/**
 * A store in one file of this machine. An acknowledged append, state write, blob or claim is on the disk (`fsynced`): it
 * survives the death of the process and of the machine. Presence, bus, revocations and singletons live in
 * this process.
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
    const { presence, bus, revocations, singletons, ...local } = await inProcess.open(context)
    const claims = new SqliteRequestClaims(opened, opening, context.random.id())
    return {
      log: new SqliteEventLog(opened, opening),
      state: new SqliteKeyedState(opened, opening),
      blobs: new SqliteBlobs(opened, opening, context.random),
      series: new SqliteTimeSeries(opened, opening),
      presence,
      bus,
      claims,
      revocations,
      singletons,
      isReady: () => opening.isOpen && opened.isReady,
      close: (how) =>
        takeTurn(async () => {
          if (!openings.delete(opening)) return
          opening.close()
          await local.close(how)
          await claims.abandon().catch(context.onError)
          if (openings.size > 0) return
          core = undefined
          await opened.close()
        }),
    }
  }
  return { open: (context) => takeTurn(() => open(context)) }
}
