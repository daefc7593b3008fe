import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startRedis, startTcpProxy } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { describe, expect, it, vi } from 'vitest'
import { startSocketIoNodes, type SocketIoNode, type StockSocket } from '../fixtures/socket-io-nodes.ts'

/** What was reported of the adapter; the store's other parts have outages of their own. */
function outages(node: SocketIoNode): string[] {
  return node.errors
    .map((error) => (error instanceof Error ? error.message : ''))
    .filter((text) => /server\.io/.test(text))
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** After garbage is gone. */
function heldBytes(): number {
  collectGarbage()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

let marks = 0

/** Sends until one arrives: those that fell into the outage are lost, as promised. */
async function untilReached(from: SocketIoNode, client: StockSocket, timeout = 15_000): Promise<void> {
  let attempt = 0
  const mark = `mark ${++marks}`
  await vi.waitFor(
    () => {
      from.io.emit(mark, ++attempt)
      expect(client.heard.some(([name]) => name === mark)).toBe(true)
    },
    { timeout, interval: 100 },
  )
}

function requestsOf({ io }: SocketIoNode): Promise<unknown>[] {
  return [io.fetchSockets(), io.serverSideEmitWithAck('who'), io.timeout(3_000).emitWithAck('question', 1)]
}

/** How long it took to fail, ms. */
async function failedAfterMs(request: Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await expect(request).rejects.toThrow()
  return performance.now() - startMs
}

describe('server.io while Redis fails', () => {
  it('[SIO30, SIO32, SIO33] reaches all nodes again after killed connections and a killed Redis, told once each', async () => {
    await using server = await startRedis()
    await using cluster = await startSocketIoNodes({ url: server.url })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const [near, far] = [await first.connect(), await second.connect()]
    const admin = new Redis(server.url, { lazyConnect: true })
    admin.on('error', () => undefined)
    for (const type of ['pubsub', 'normal']) {
      await admin.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes')
      await vi.waitFor(() => expect(outages(first).length).toBeGreaterThan(0))
      await untilReached(first, far)
      await untilReached(second, near)
    }
    admin.disconnect()
    const before = [outages(first).length, outages(second).length]
    await server.kill()
    await vi.waitFor(() => expect(outages(first).length).toBeGreaterThan(before[0] ?? 0))
    await vi.waitFor(() => expect(outages(second).length).toBeGreaterThan(before[1] ?? 0))
    for (let index = 0; index < 1_000; index++) first.io.emit('lost', index)
    await vi.waitFor(() => expect(near.heard.filter(([name]) => name === 'lost')).toHaveLength(1_000))
    expect([outages(first).length, outages(second).length]).toEqual(before.map((count) => count + 1))
    const times = await Promise.all(requestsOf(first).map(failedAfterMs))
    for (const tookMs of times) expect(tookMs).toBeLessThan(6_000)
    expect(await first.io.local.fetchSockets()).toHaveLength(1)
    await server.restart()
    await untilReached(first, far)
    await untilReached(second, near)
  })

  it("[SIO35] asks all nodes while the store's own connection finds no Redis", async () => {
    await using server = await startRedis()
    const admin = new Redis(server.url)
    const clients = async (): Promise<string[]> => ((await admin.client('LIST')) as string).trim().split('\n')
    await using cluster = await startSocketIoNodes({ url: server.url })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const [near, far] = [await first.connect(), await second.connect()]
    // Of each node one listens to patterns, and one that published last publishes for `server.io`.
    const isAdapter = (line: string): boolean => / psub=[1-9]| cmd=publish /.test(line)
    let others: string[] = []
    await vi.waitFor(async () => {
      await untilReached(first, far)
      await untilReached(second, near)
      const lines = (await clients()).filter((line) => !line.includes(' cmd=client'))
      expect(lines.filter(isAdapter)).toHaveLength(4)
      others = lines.filter((line) => !isAdapter(line))
    })
    await admin.config('SET', 'maxclients', 1)
    for (const line of others) await admin.call('CLIENT', 'KILL', 'ID', /^id=(\d+)/.exec(line)?.[1] ?? '')
    await vi.waitFor(() => expect(String(first.errors)).toContain("Stream isn't writeable"))
    expect(await first.io.fetchSockets()).toHaveLength(2)
    expect(outages(first)).toEqual([])
    await admin.config('SET', 'maxclients', 1_000)
    admin.disconnect()
  })

  it('[SIO35] listens to requests before it hears broadcasts again', async () => {
    await using server = await startRedis()
    const admin = new Redis(server.url)
    await using cluster = await startSocketIoNodes({ url: server.url }, 1)
    const [node] = cluster.nodes as [SocketIoNode]
    const asked: string[] = []
    const monitor = await admin.monitor()
    monitor.on('monitor', (_: string, [command = '']: string[]) => asked.push(command.toLowerCase()))
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub', 'SKIPME', 'yes')
    await vi.waitFor(() => expect(asked).toContain('psubscribe'))
    expect(asked.filter((name) => name === 'subscribe' || name === 'psubscribe')).toEqual(['subscribe', 'psubscribe'])
    expect(outages(node)).toHaveLength(1)
    for (const each of [admin, monitor]) each.disconnect()
  })

  it('[SIO30] replaces a connection that stopped answering within 10 s', async () => {
    await using server = await startRedis()
    await using proxy = await startTcpProxy(server.port)
    await using cut = await startSocketIoNodes({ url: `redis://127.0.0.1:${proxy.port}` }, 1)
    await using other = await startSocketIoNodes({ url: server.url }, 1)
    const [near, far] = [cut.nodes[0] as SocketIoNode, other.nodes[0] as SocketIoNode]
    const client = await near.connect()
    await untilReached(far, client)
    proxy.drop()
    await vi.waitFor(() => expect(outages(near)).toHaveLength(1), { timeout: 10_000 })
    expect(proxy.counts.droppedBytes.toTarget).toBeGreaterThan(0)
    proxy.restore()
    await untilReached(far, client)
    expect(outages(far)).toEqual([])
  })

  it('[SIO31, SIO32, SIO33] holds little while Redis is frozen, drops the rest, and answers requests with errors', async () => {
    await using server = await startRedis()
    await using cluster = await startSocketIoNodes({ url: server.url })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const [near, far] = [await first.connect(), await second.connect()]
    server.freeze()
    const text = 'x'.repeat(4_000)
    const before = heldBytes()
    for (let round = 0; round < 30; round++) {
      for (let index = 0; index < 1_000; index++) first.io.to('nobody').emit('news', text)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(first.store.dropped).toBeGreaterThanOrEqual(25_000)
    // Memory outside the heap is given back by a thread of its own, later than the collection that freed it.
    await vi.waitFor(() => expect(heldBytes() - before).toBeLessThan(60_000_000))
    first.io.emit('here', 1)
    await vi.waitFor(() => expect(near.heard).toContainEqual(['here', 1]))
    const requests = requestsOf(first).map(failedAfterMs)
    // Those that wait are dropped after 5 s, those that are on their way with their connection.
    await vi.waitFor(() => expect(first.store.dropped).toBeGreaterThanOrEqual(30_000), { timeout: 15_000 })
    for (const tookMs of await Promise.all(requests)) expect(tookMs).toBeLessThan(6_000)
    expect(outages(first)).toHaveLength(1)
    server.thaw()
    await untilReached(first, far)
    await untilReached(second, near)
    expect(await first.io.fetchSockets()).toHaveLength(2)
    expect(far.heard.filter(([name]) => name === 'here')).toEqual([])
  })

  it('[SIO34] leaves no connection behind', async () => {
    await using server = await startRedis()
    const admin = new Redis(server.url)
    const connections = async (): Promise<number> =>
      ((await admin.client('LIST')) as string).split('\n').filter((line) => line !== '').length
    const cluster = await startSocketIoNodes({ url: server.url })
    const [first] = cluster.nodes as [SocketIoNode]
    expect(await connections()).toBeGreaterThan(4)
    await cluster[Symbol.asyncDispose]()
    await vi.waitFor(async () => expect(await connections()).toBe(1))
    const dropped = first.store.dropped
    first.io.emit('late', 1)
    expect(first.store.dropped).toBe(dropped + 1)
    admin.disconnect()
  })
})
