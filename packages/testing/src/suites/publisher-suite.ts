import { defineContract } from '@millrace/contract'
import { createPublisher, type StoreProvider } from '@millrace/server'
import { describe, expect, it, vi } from 'vitest'
import { startTestCluster } from '../start-test-cluster.ts'
import { market, marketApp } from './publisher-market.ts'

const unknown = defineContract({ namespace: '/unknown' })

/** Where servers and a publisher find the same data. Disposing it removes the data. */
export interface PublisherStores extends AsyncDisposable {
  readonly servers: StoreProvider
  readonly publisher: StoreProvider
}

async function open(stores: PublisherStores) {
  const cluster = await startTestCluster({ implementations: [marketApp], store: stores.servers, nodes: 2 })
  const errors: unknown[] = []
  const onError = (error: unknown): number => errors.push(error)
  const publisher = await createPublisher({ contracts: [market], store: stores.publisher, onError })
  const heard: unknown[][] = []
  const seats = cluster.nodes.map((node, index) => {
    const said: unknown[] = []
    heard.push(said)
    const client = node.client({ auth: { user: `user${index}` } })
    const namespace = client.use(market)
    const floor = namespace.room('floor', { id: 'a' })
    namespace.on('notice', ({ text }) => said.push(`notice ${text}`))
    floor.on('trade', ({ price }, { from }) => said.push(`trade ${price} of ${from}`))
    floor.on('price', ({ share, price }) => said.push(`price ${share} ${price}`))
    floor.on('bell', ({ n }) => said.push(`bell ${n}`))
    floor.on('kicked', () => said.push('kicked'))
    return { client, floor }
  })
  await Promise.all(seats.map(({ floor }) => floor.join()))
  return {
    cluster,
    publisher,
    errors,
    heard,
    seats,
    floor: publisher.room(market, 'floor', { id: 'a' }),
    untilAllHear: (expected: readonly unknown[]) =>
      vi.waitFor(() => expect(heard).toEqual([expected, expected]), { timeout: 10_000 }),
    async [Symbol.asyncDispose]() {
      await publisher.close()
      await cluster[Symbol.asyncDispose]()
    },
  }
}

/** The rules of publishers (docs/spec/publisher.md) on one implementation of the store. */
export function publisherSuite(name: string, createStores: () => Promise<PublisherStores>): void {
  describe(`publisher: ${name}`, () => {
    it('[PUB1, PUB3, PUB4] publishes to the members on every node, once per key, within the history of the contract', async () => {
      await using stores = await createStores()
      await using scene = await open(stores)
      const { floor, cluster } = scene
      const first = await floor.publish('trade', { share: 'x', price: 1 }, { key: 'k' })
      await scene.untilAllHear(['trade 1 of null'])
      const again = await cluster.nodes[1]?.server
        .room(market, 'floor', { id: 'a' })
        .publish('trade', { share: 'x', price: 1 }, { key: 'k' })
      expect(again).toMatchObject({ position: first.position, duplicate: true })
      await floor.publish('price', { share: 'x', price: 2 })
      await scene.untilAllHear(['trade 1 of null', 'price x 2'])
      await floor.publish('bell', { n: 3 })
      await scene.untilAllHear(['trade 1 of null', 'price x 2', 'bell 3'])
      for (const price of [2, 3, 4]) await floor.publish('trade', { share: 'x', price })
      const { events } = await scene.seats[0]!.floor.history()
      expect(events.map(({ payload }) => (payload as { price: number }).price)).toEqual([2, 3, 4])
      expect(scene.errors).toEqual([])
    })

    it('[PUB2, PUB6] refuses what does not fit the contract, and a contract that it was not given', async () => {
      await using stores = await createStores()
      await using scene = await open(stores)
      const { floor, publisher } = scene
      const refused: [Promise<unknown>, string][] = [
        [floor.publish('trade', { share: 'x' } as never), 'INVALID_INPUT'],
        [floor.publish('trade', { share: 'x'.repeat(100_000), price: 1 }), 'PAYLOAD_TOO_LARGE'],
        [floor.publish('nothing' as never, {} as never), 'UNKNOWN_EVENT'],
        [publisher.user(market, 'user0').emit('notice', {} as never), 'INVALID_INPUT'],
        [publisher.user(market, 'user0').emit('nothing' as never, {} as never), 'UNKNOWN_EVENT'],
        [publisher.revoke(''), 'INVALID_INPUT'],
      ]
      for (const [refusal, code] of refused) await expect(refusal).rejects.toMatchObject({ code })
      const places = [
        () => publisher.room(market, 'attic' as never, {} as never),
        () => publisher.room(market, 'floor', { id: 'x'.repeat(21) }),
      ]
      expect(places[0]).toThrow(expect.objectContaining({ code: 'UNKNOWN_EVENT' }))
      expect(places[1]).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
      expect(() => publisher.user(unknown as never, 'user0')).toThrow('/unknown is not known here')
    })

    it('[PUB5] reaches users, takes members out of rooms, removes values and revokes', async () => {
      await using stores = await createStores()
      await using scene = await open(stores)
      const { publisher, floor, heard, cluster } = scene
      await publisher.user(market, 'user1').emit('notice', { text: 'hello' })
      await vi.waitFor(() => expect(heard).toEqual([[], ['notice hello']]), { timeout: 10_000 })
      floor.kick({ userId: 'user0' })
      await vi.waitFor(() => expect(heard[0]).toEqual(['kicked']), { timeout: 10_000 })
      const own = (): readonly string[] =>
        cluster.nodes.flatMap(({ server }) => server.connections(market).map(({ id, user }) => `${user.id} ${id}`))
      const before = own().filter((one) => one.startsWith('user1'))
      await publisher.revoke('user1')
      await vi.waitFor(() => expect(own()).not.toContain(before[0]), { timeout: 10_000 })
      expect(before).toHaveLength(1)
    })

    it('[SER72] appends to the series of the servers', async () => {
      await using stores = await createStores()
      await using scene = await open(stores)
      const quotes = scene.floor.series('quotes')
      const now = Date.now()
      await quotes.append('x', now, { price: 1 })
      const own = scene.cluster.nodes[1]!.server.room(market, 'floor', { id: 'a' }).series('quotes')
      await expect(own.append('x', now - 1, { price: 2 })).rejects.toThrow('time goes backwards')
      await own.append('x', now + 1, { price: 2 })
      await expect(quotes.append('x', now, { price: 3 })).rejects.toThrow('time goes backwards')
      await expect(quotes.append('x', now, { price: Number.NaN })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await scene.publisher.close()
      await expect(quotes.append('x', now + 2, { price: 1 })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    })

    it('[PUB7] is UNAVAILABLE once closed, and its servers go on', async () => {
      await using stores = await createStores()
      await using scene = await open(stores)
      const { publisher, floor, cluster } = scene
      await publisher.close()
      await publisher.close()
      const refused = [
        floor.publish('trade', { share: 'x', price: 1 }),
        floor.publish('price', { share: 'x', price: 1 }),
        floor.publish('bell', { n: 1 }),
        publisher.user(market, 'user0').emit('notice', { text: 'late' }),
        publisher.revoke('user0'),
        (async () => floor.kick({ userId: 'user0' }))(),
      ]
      await Promise.all(refused.map((refusal) => expect(refusal).rejects.toMatchObject({ code: 'UNAVAILABLE' })))
      await cluster.nodes[0]?.server.room(market, 'floor', { id: 'a' }).publish('bell', { n: 2 })
      await scene.untilAllHear(['bell 2'])
    })
  })
}
