import { seededRandom } from '@millrace/testing'
import { anyBytes, mutate, startRedis, type RedisServer } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSocketIoNodes, type SocketIoNode } from '../fixtures/socket-io-nodes.ts'

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

interface Message {
  readonly channel: string
  readonly bytes: Buffer
}

/** Everything that the adapters send while `run` works. */
async function listenIn(prefix: string, run: () => Promise<void>): Promise<Message[]> {
  const ear = new Redis(server.url)
  const messages: Message[] = []
  ear.on('pmessageBuffer', (_pattern: string, channel: Buffer, bytes: Buffer) => {
    messages.push({ channel: channel.toString(), bytes })
  })
  await ear.psubscribe(`${prefix}:socket.io*`)
  await run()
  await ear.ping()
  ear.disconnect()
  return messages
}

async function publish(messages: readonly Message[]): Promise<void> {
  const pipeline = admin.pipeline()
  for (const { channel, bytes } of messages) pipeline.publish(channel, bytes)
  await pipeline.exec()
}

/** Resolves when what was published before has been heard. */
async function untilHeard(from: SocketIoNode, to: SocketIoNode): Promise<void> {
  const heard = new Promise((resolve) => to.io.once('mark', resolve))
  from.io.serverSideEmit('mark')
  await heard
}

describe('hostile messages on the channels of the adapter', () => {
  it('[SIO20] random bytes and mutated messages are counted and stepped past while traffic goes on', async () => {
    const prefix = 'hostile'
    await using cluster = await startSocketIoNodes({ url: server.url, prefix })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const clients = [await first.connect(), await second.connect(), await second.connect('/club')]
    for (const client of clients.slice(0, 2)) await client.enter('lobby')
    for (const { io } of cluster.nodes) {
      io.on('hello', () => undefined)
      // A harmed request may have nobody who waits.
      io.on('who', (answer?: (text: string) => void) => answer?.('me'))
    }
    const valid = await listenIn(prefix, async () => {
      first.io.to('lobby').emit('news', { text: 'x', bytes: Buffer.from([1, 2]) })
      first.io.emit('news', [1, null, { deep: [true] }])
      first.io.in('lobby').socketsJoin('other')
      first.io.in('nobody').socketsLeave('other')
      first.io.in('nobody').disconnectSockets(true)
      first.io.serverSideEmit('hello', { a: 1 })
      await first.io.serverSideEmitWithAck('who')
      await first.io.fetchSockets()
      await first.io.timeout(2_000).emitWithAck('question', 1)
    })
    expect(valid.length).toBeGreaterThan(9)
    const key = `${prefix}:socket.io`
    const uids = cluster.nodes.map(({ io }) => (io.of('/').adapter as unknown as { uid: string }).uid)
    const channels = [
      ...['', 'lobby#'].map((room) => `${key}#/#${room}`),
      `${key}#/club#`,
      `${key}-request#/#`,
      `${key}-request#/club#`,
      `${key}-response#/#`,
      ...uids.map((uid) => `${key}-response#/#${uid}#`),
    ]
    const random = seededRandom(4)
    const before = first.store.skipped + second.store.skipped
    const ticks: unknown[] = []
    clients[1]?.socket.on('tick', (tick: unknown) => ticks.push(tick))
    for (let round = 0; round < 24; round++) {
      const messages: Message[] = []
      for (let index = 0; index < 420; index++)
        messages.push({ channel: random.pick(channels), bytes: anyBytes(random) })
      for (let index = 0; index < 100; index++) {
        const { channel, bytes } = random.pick(valid)
        messages.push({ channel, bytes: mutate(random, bytes) })
      }
      await publish(messages)
      first.io.to('lobby').emit('tick', round)
    }
    await vi.waitFor(() => expect(ticks).toHaveLength(24))
    expect(ticks).toEqual(Array.from({ length: 24 }, (_, round) => round))
    await untilHeard(first, second)
    await untilHeard(second, first)
    expect(first.store.skipped + second.store.skipped - before).toBeGreaterThan(10_000)
    expect(clients.map(({ socket }) => socket.connected)).toEqual([true, true, true])
    expect([...first.errors, ...second.errors]).toEqual([])
    expect(await first.io.fetchSockets()).toHaveLength(2)
    expect(await second.io.serverSideEmitWithAck('who')).toEqual(['me'])
  })

  const broadcastOf = (harm: object): string =>
    JSON.stringify({
      type: 7,
      uid: 'x',
      requestId: 'y',
      opts: { rooms: [], except: [] },
      packet: { type: 2, nsp: '/', data: ['news'], ...harm },
    })
  const wrong: Readonly<Record<string, readonly [kind: string, message: string | number[]]>> = {
    nothing: ['#/#', ''],
    'a broadcast of two bytes': ['#/#', [0x93, 0xc0]],
    'null as a request': ['-request#/#', [0xc0]],
    'null as a response': ['-response#/#', [0xc0]],
    'an unknown request': ['-request#/#', '{"type":77}'],
    'a join without rooms': ['-request#/#', '{"type":2,"opts":{"rooms":[],"except":[]}}'],
    'a join of what is no room': ['-request#/#', '{"type":2,"opts":{"rooms":[]},"rooms":[{}]}'],
    'a fetch that nobody asked for': ['-request#/#', '{"type":5,"opts":{"rooms":[],"except":[]}}'],
    'a connection that is none': ['-request#/#', '{"type":6,"data":["connection",{}]}'],
    'an emit without a name': ['-request#/#', '{"type":6,"data":{"length":4000000000}}'],
    'a packet whose namespace is none': ['-request#/#', broadcastOf({ nsp: 'club' })],
    'a packet whose namespace ends early': ['-request#/#', broadcastOf({ nsp: '/cl,ub' })],
    'a packet whose id is no number': ['-request#/#', broadcastOf({ id: 'x' })],
    'a packet whose id is negative': ['-request#/#', broadcastOf({ id: -1 })],
    'a response of no sockets': ['-response#/#', '{"requestId":"x","sockets":[null]}'],
  }
  it('[SIO20] steps past well-formed wrong shapes', async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'wrong' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const client = await first.connect()
    const rooms = first.io.of('/').adapter.rooms.size
    let count = 0
    for (const [name, [kind, message]] of Object.entries(wrong)) {
      await publish([{ channel: `wrong:socket.io${kind}`, bytes: Buffer.from(message as string) }])
      await Promise.all([untilHeard(second, first), untilHeard(first, second)])
      count++
      expect([name, first.store.skipped, second.store.skipped]).toEqual([name, count, count])
    }
    second.io.emit('news', 1)
    await vi.waitFor(() => expect(client.heard).toEqual([['news', 1]]))
    expect([first.errors, first.io.of('/').adapter.rooms.size]).toEqual([[], rooms])
  })

  it('[SIO20] steps past packets that would close the connections of clients', async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'closing' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const client = await first.connect()
    const { parser } = first.io.of('/').adapter as unknown as { parser: { encode(value: unknown): Buffer } }
    const target = { rooms: [], except: [] }
    const packets = [
      { type: 1, data: undefined },
      { type: 4, data: { message: 'no' } },
      { type: 2, data: ['disconnect'] },
      { type: 2, data: [] },
      { type: 2, data: [{}] },
      { type: 5, data: ['news'], attachments: 7 },
      { type: 9, data: ['news'] },
    ]
    const broadcasts = packets.map((packet) => parser.encode(['other', { nsp: '/', ...packet }, target]))
    await publish(broadcasts.map((bytes) => ({ channel: 'closing:socket.io#/#', bytes })))
    second.io.emit('news', 1)
    await vi.waitFor(() => expect(client.heard).toEqual([['news', 1]]))
    expect(first.store.skipped).toBe(packets.length)
  })

  it('[SIO22] what a listener of the application throws is reported, now or later', async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'listener' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    first.io.on('hello', () => {
      throw new Error('mine')
    })
    second.io.serverSideEmit('hello')
    await vi.waitFor(() => expect(first.errors).toEqual([new Error('mine')]))
    await untilHeard(second, first)
    expect(first.store.skipped).toBe(0)
  })

  it('[SIO23] an acknowledgement that cannot be passed on ends no node', async () => {
    await using cluster = await startSocketIoNodes({ url: server.url, prefix: 'deep' })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const client = await first.connect()
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    client.socket.io.on('packet', ({ id, data }: { id?: number; data?: unknown[] }) => {
      if (data?.[0] === 'deep') client.socket.io.engine.write(`3${id}[${deep}]`)
    })
    await expect(second.io.timeout(1_000).emitWithAck('deep')).rejects.toThrow('timed out')
    expect([first.store.skipped, first.errors]).toEqual([1, []])
    expect(await second.io.timeout(2_000).emitWithAck('question', 1)).toEqual([1])
  })
})
