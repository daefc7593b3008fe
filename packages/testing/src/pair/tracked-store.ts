import type { Store, StoreContext, StoreProvider } from '@millrace/server'

/** Counts what was asked of a store and not answered yet. */
export class Outstanding {
  #count = 0
  #idle: (() => void)[] = []

  get count(): number {
    return this.#count
  }

  /** Resolves when everything asked so far, and meanwhile, is answered. */
  idle(): Promise<void> {
    if (this.#count === 0) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  watch<T>(promise: Promise<T>): Promise<T> {
    this.#count++
    const done = () => {
      this.#count--
      if (this.#count > 0) return
      const waiting = this.#idle
      this.#idle = []
      for (const resolve of waiting) resolve()
    }
    promise.then(done, done)
    return promise
  }
}

/** A store of `provider` whose every answer is waited for by `outstanding`, so that a test knows when nothing is under way. */
export async function openTracked(
  provider: StoreProvider,
  context: StoreContext,
  outstanding: Outstanding,
): Promise<Store> {
  const store = await outstanding.watch(provider.open(context))
  return {
    log: tracked(store.log, outstanding),
    state: tracked(store.state, outstanding),
    blobs: tracked(store.blobs, outstanding),
    series: tracked(store.series, outstanding),
    presence: tracked(store.presence, outstanding),
    bus: tracked(store.bus, outstanding),
    claims: tracked(store.claims, outstanding),
    revocations: tracked(store.revocations, outstanding),
    singletons: tracked(store.singletons, outstanding),
    isReady: () => store.isReady(),
    close: (how) => outstanding.watch(store.close(how)),
  }
}

function tracked<T extends object>(port: T, outstanding: Outstanding): T {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target)
      if (typeof member !== 'function') return member
      return (...args: unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, args)
        return result instanceof Promise ? outstanding.watch(result) : result
      }
    },
  })
}
