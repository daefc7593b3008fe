import type { Store, StoreProvider } from '@millrace/server'

/** The same store, which the application uses as well. */
export interface LentStore {
  readonly provider: StoreProvider
  /** @throws Error before the server has opened it. */
  readonly store: () => Store
}

export function lendStore(provider: StoreProvider): LentStore {
  let lent: Store | undefined
  return {
    provider: {
      async open(context) {
        lent = await provider.open(context)
        return lent
      },
    },
    store: () => {
      if (lent === undefined) throw new Error('the store is not open; await listen() first')
      return lent
    },
  }
}
