import type { EventLog, StoreProvider } from '@millrace/server'

/** The same store, whose event log the application reads as well. */
export interface LentLog {
  readonly provider: StoreProvider
  /** @throws Error before the server has opened the store. */
  readonly log: () => EventLog
}

export function lendLog(provider: StoreProvider): LentLog {
  let log: EventLog | undefined
  return {
    provider: {
      async open(context) {
        const store = await provider.open(context)
        log = store.log
        return store
      },
    },
    log: () => {
      if (log === undefined) throw new Error('the store is not open; await listen() first')
      return log
    },
  }
}
