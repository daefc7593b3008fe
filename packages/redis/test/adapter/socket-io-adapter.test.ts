import { startRedis, type RedisServer } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { club, serveStock, startSocketIoNodes, type SocketIoNode } from '../fixtures/socket-io-nodes.ts'
import { socketIoSuite } from './socket-io-suite.ts'

let server: RedisServer
let admin: Redis
beforeAll(async () => {
  server = await startRedis()
  admin = new Redis(server.url)
})
afterAll(async () => {
  admin.disconnect()
  await server[Symbol.asyncDispose]()
})

describe('server.io on one Redis', () => {
  socketIoSuite(() => server.url)

  it('[SIO7] later and dynamic namespaces hear other nodes; names like patterns hear only their own', async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'late' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    for (const { io } of cluster.nodes) {
      for (const name of ['/a?', '/ab', '/[ab]c', '/ac']) serveStock(io.of(name))
      serveStock(io.of(/^\/dynamic-\d+$/))
    }
    first.io.of('/dynamic-7')
    const clients = await Promise.all(['/a?', '/ab', '/[ab]c', '/ac', '/dynamic-7'].map((name) => second.connect(name)))
    const sendAll = (): void => {
      for (const name of ['/a?', '/[ab]c', '/dynamic-7']) first.io.of(name).emit('news', name)
    }
    await vi.waitFor(() => {
      sendAll()
      expect(clients.map(({ heard }) => heard.length > 0)).toEqual([true, false, true, false, true])
    })
    for (const [index, name] of [
      [0, '/a?'],
      [2, '/[ab]c'],
      [4, '/dynamic-7'],
    ] as const)
      expect(new Set(clients[index]?.heard.map(([, argument]) => argument))).toEqual(new Set([name]))
    expect(first.store.skipped + second.store.skipped).toBe(0)
  })

  it('[SIO7] the first broadcast after listen arrives', async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'first' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const asked = new Promise((resolve) => first.io.on('early', resolve))
    second.io.serverSideEmit('early', 1)
    expect(await asked).toBe(1)
  })

  it("[SIO9] joins, leaves and Millrace's own publishes are no command and no message of the adapter", async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'idle' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const used = async (): Promise<string[]> =>
      (await admin.info('commandstats')).match(/^cmdstat_(?:publish|subscribe|psubscribe):calls=\d+/gm) ?? []
    const before = await used()
    const table = second
      .client({ auth: { user: 'bob' } })
      .use(club)
      .room('table', { id: '1' })
    const said: string[] = []
    table.on('said', (text) => said.push(text))
    await table.join()
    await first.server.room(club, 'table', { id: '1' }).publish('said', 'hello')
    await first.server.user(club, 'bob').emit('notice', 'hello')
    await vi.waitFor(() => expect(said).toEqual(['hello']))
    await table.leave()
    expect(await used()).toEqual(before)
  })

  it('[SIO10] stores with different prefixes do not hear each other', async () => {
    await using here = await startSocketIoNodes({ url: server.url, prefix: 'one' })
    await using there = await startSocketIoNodes({ url: server.url, prefix: 'other' }, 1)
    const [near, far] = here.nodes as [SocketIoNode, SocketIoNode]
    const [stranger] = there.nodes as [SocketIoNode]
    const [ours, theirs] = [await far.connect(), await stranger.connect()]
    near.io.emit('news', 1)
    await vi.waitFor(() => expect(ours.heard).toHaveLength(1))
    stranger.io.emit('news', 2)
    await vi.waitFor(() => expect(theirs.heard).toEqual([['news', 2]]))
    expect(await stranger.io.fetchSockets()).toHaveLength(1)
    expect(ours.heard).toEqual([['news', 1]])
  })
})
