import type { Store, StoreProvider } from '@millrace/server'
import { manualClock, type ManualClock } from './manual-clock.ts'
import { seededRandom } from './seeded-random.ts'

/** Limits that the suites lower. A store that has no such limit leaves out the suite that needs it. */
export interface StoreLimits {
  readonly maxRooms?: number
  readonly maxKeys?: number
  readonly maxAnswerBytes?: number
  readonly maxStateChanges?: number
}

/** One set of data under test. Disposing it closes what is open and removes the data. */
export interface StoreFixture extends AsyncDisposable {
  readonly clock: ManualClock
  /** What was reported to `onError`. */
  readonly errors: unknown[]
  /** Opens the data for one more node. */
  open(): Promise<Store>
  /** Resolves when every open store has delivered what was acknowledged or sent before. */
  settle(): Promise<void>
}

export type CreateStoreFixture = (limits?: StoreLimits) => Promise<StoreFixture>

export interface StoreFixtureOptions {
  /** As the manual clock's; a store that does real IO needs `setImmediate`. */
  readonly defer?: (run: () => void) => void
  /** Of a store that delivers later than it acknowledges. Default: nothing to wait for. */
  readonly settle?: (stores: readonly Store[]) => Promise<void>
  /** Runs after every store is closed. */
  readonly remove?: () => Promise<void>
}

export function createStoreFixture(provider: StoreProvider, options: StoreFixtureOptions = {}): StoreFixture {
  const clock = manualClock(options.defer === undefined ? {} : { defer: options.defer })
  const random = seededRandom(1)
  const errors: unknown[] = []
  const stores: Store[] = []
  return {
    clock,
    errors,
    async open() {
      const store = await provider.open({ clock, random, onError: (error) => errors.push(error) })
      stores.push(store)
      return store
    },
    async settle() {
      await options.settle?.(stores.filter((store) => store.isReady()))
    },
    async [Symbol.asyncDispose]() {
      for (const store of stores) await store.close()
      await options.remove?.()
    },
  }
}
