import type { Authenticate, Implementation, Limits, Store, StoreProvider, UserLike } from '@millrace/server'

export interface PairOptions<User extends UserLike> {
  /** What `implement` returned, one per namespace. */
  readonly implementations: readonly Implementation<User>[]
  /** Chooses which packet moves next, and every id. Default 1. */
  readonly seed?: number
  /** Server cores that share the store. Default 1. */
  readonly nodes?: number
  /** Default `memory()`. */
  readonly store?: StoreProvider
  /** What each node gets instead of the store as it is, for example `(store) => trouble.wrap(store)` of a `LogTrouble`. */
  readonly wrapStore?: (store: Store) => Store
  /** Default `authenticateTestUser`. */
  readonly authenticate?: Authenticate<User>
  readonly limits?: Partial<Limits>
  /** Default Infinity. */
  readonly failClosedAfterMs?: number
}
