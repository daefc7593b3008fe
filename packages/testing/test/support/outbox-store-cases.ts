import type { FoundRequest, OpenOutboxStore, OutboxStore, StoredRequest } from '@millrace/client/outbox'

/** One thing that every store of outboxes does. Plain functions, so that they also run in a page. */
export interface StoreCase {
  readonly title: string
  /** @param store A handle of one and the same place, for one tab. */
  run(store: () => OutboxStore): Promise<void>
}

/** A store that is open, and what it was told. */
class Tab {
  readonly found: FoundRequest[] = []
  readonly faults: unknown[] = []
  #store: OpenOutboxStore | undefined
  #adopted = () => {}

  static async open(store: OutboxStore, scope = '/desk'): Promise<Tab> {
    const tab = new Tab()
    tab.#store = await store.open(scope, {
      adopt: (found) => {
        tab.found.push(...found)
        tab.#adopted()
      },
      fault: (error) => tab.faults.push(error),
    })
    return tab
  }

  get store(): OpenOutboxStore {
    if (!this.#store) throw new Error('the store did not open')
    return this.#store
  }

  get keys(): readonly string[] {
    return this.found.map(({ key }) => key).sort()
  }

  /** Resolves once this many requests were found, all in all. */
  has(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#adopted = () => {
        if (this.found.length >= count) resolve()
      }
      this.#adopted()
    })
  }
}

function request(key: string, change: Partial<StoredRequest> = {}): StoredRequest {
  const plain = { room: 'talk', params: { id: 'a' }, name: 'say', input: { text: key }, at: 1_000, seq: 1 }
  return { key, ...plain, state: 'pending', error: undefined, firstSentAt: undefined, ...change }
}

/** Bytes as lists of numbers, since pages hand over JSON. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member instanceof Uint8Array ? { bytes: [...member] } : member,
  )
}

function same(actual: unknown, expected: unknown): void {
  if (shown(actual) !== shown(expected)) throw new Error(`expected ${shown(expected)}, got ${shown(actual)}`)
}

export const storeCases: readonly StoreCase[] = [
  {
    title: '[KEP15] what one leaves is in the next, as it was',
    async run(store) {
      const first = await Tab.open(store())
      same(first.found, [])
      const input = { name: 'f', file: new Uint8Array([0, 255]), empty: new Uint8Array() }
      const error = { code: 'SLOW_MODE', message: 'slow', data: { waitMs: 5 } }
      const requests = [
        request('a', { input, firstSentAt: 7 }),
        request('b', { state: 'failed', error, at: 2_000, seq: 2 }),
      ]
      for (const one of requests) await first.store.put(one)
      await first.store.close()
      const second = await Tab.open(store())
      same(
        [...second.found].sort((a, b) => (a.key < b.key ? -1 : 1)),
        requests.map((record) => ({ key: record.key, record })),
      )
      const isBytes = second.found.map(({ record }) => {
        const { file } = (record as StoredRequest).input as Partial<typeof input>
        return file instanceof Uint8Array
      })
      same(isBytes.filter(Boolean).length, 1)
      same([first.faults, second.faults], [[], []])
      await second.store.close()
    },
  },
  {
    title: '[KEP15] the newest version of a request counts, and what was removed is gone',
    async run(store) {
      const first = await Tab.open(store())
      // Nobody waits in between: calls take effect in their order.
      const done = [
        first.store.put(request('a')),
        first.store.put(request('b')),
        first.store.put(request('a', { firstSentAt: 9 })),
        first.store.remove('b'),
        first.store.remove('never there'),
      ]
      await Promise.all(done)
      await first.store.close()
      const second = await Tab.open(store())
      same(second.found, [{ key: 'a', record: request('a', { firstSentAt: 9 }) }])
      await second.store.remove('a')
      await second.store.close()
      const third = await Tab.open(store())
      same(third.found, [])
      await third.store.close()
    },
  },
  {
    title: '[KEP15] goes from heir to heir',
    async run(store) {
      for (const key of ['a', 'b', 'c']) {
        const tab = await Tab.open(store())
        await tab.store.put(request(key))
        await tab.store.close()
      }
      const last = await Tab.open(store())
      same(last.keys, ['a', 'b', 'c'])
      await last.store.close()
    },
  },
  {
    title: '[KEP16] nobody gets what belongs to one that is open; when it ends, one of the others does',
    async run(store) {
      const first = await Tab.open(store())
      await first.store.put(request('a'))
      const second = await Tab.open(store())
      await second.store.put(request('b'))
      same([first.keys, second.keys], [[], []])
      await second.store.close()
      await first.has(1)
      same(first.keys, ['b'])
      await first.store.close()
      const third = await Tab.open(store())
      same(third.keys, ['a', 'b'])
      await third.store.close()
    },
  },
  {
    title: '[KEP16] of two that wait, one takes over',
    async run(store) {
      const first = await Tab.open(store())
      await first.store.put(request('a'))
      const others = [await Tab.open(store()), await Tab.open(store())]
      await first.store.close()
      await Promise.race(others.map((tab) => tab.has(1)))
      for (const tab of others) await tab.store.close()
      const last = await Tab.open(store())
      same(last.keys, ['a'])
      // The first to close may have left it to the other one.
      if (others.every((tab) => tab.found.length === 0)) throw new Error('nobody took over')
      await last.store.close()
    },
  },
  {
    title: '[KEP18] scopes are apart',
    async run(store) {
      const first = await Tab.open(store(), '/one')
      await first.store.put(request('a'))
      await first.store.close()
      const second = await Tab.open(store(), '/two')
      same(second.keys, [])
      await second.store.close()
      const third = await Tab.open(store(), '/one')
      same(third.keys, ['a'])
      await third.store.close()
    },
  },
]
