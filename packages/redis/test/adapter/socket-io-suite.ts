import { expect, it, vi } from 'vitest'
import { club, startSocketIoNodes } from '../fixtures/socket-io-nodes.ts'

let runs = 0

/** What `server.io` promises on any kind of Redis. */
export function socketIoSuite(url: () => string): void {
  const options = (): { url: string; prefix: string } => ({ url: url(), prefix: `run${++runs}` })

  it('[SIO1] a broadcast to a room reaches its sockets on every node once, a local one those of this node', async () => {
    await using cluster = await startSocketIoNodes(options(), 3)
    const [first, second, third] = cluster.nodes as [Node, Node, Node]
    const inside = await Promise.all([first, second, third].map((node) => node.connect()))
    const outside = await third.connect()
    for (const client of inside) await client.enter('lobby')
    first.io.local.to('lobby').emit('news', 'local')
    first.io.to('lobby').emit('news', { text: 'é', bytes: Buffer.from([1, 2]), at: [1.5, -1, 2 ** 40, null, true] })
    first.io.emit('all', 1)
    await vi.waitFor(() => {
      for (const client of [...inside, outside]) expect(client.heard.at(-1)).toEqual(['all', 1])
    })
    const news = ['news', { text: 'é', bytes: Buffer.from([1, 2]), at: [1.5, -1, 2 ** 40, null, true] }]
    for (const { heard } of inside) expect(heard).toContainEqual(news)
    expect(inside.map(({ heard }) => heard.length)).toEqual([3, 2, 2])
    expect(outside.heard).toEqual([['all', 1]])
  })

  it('[SIO2] fetchSockets answers the sockets of every node', async () => {
    await using cluster = await startSocketIoNodes(options(), 3)
    const clients = await Promise.all(cluster.nodes.map((node) => node.connect()))
    const sockets = await cluster.nodes[0]?.io.fetchSockets()
    expect(sockets).toHaveLength(3)
    expect(new Set(sockets?.map(({ id }) => id))).toEqual(new Set(clients.map(({ socket }) => socket.id)))
    expect(await cluster.nodes[1]?.io.local.fetchSockets()).toHaveLength(1)
    expect(await cluster.nodes[1]?.io.in('nobody').fetchSockets()).toEqual([])
  })

  it('[SIO3] serverSideEmit reaches every other node, and gathers what they answer', async () => {
    await using cluster = await startSocketIoNodes(options(), 3)
    const heard: string[] = []
    cluster.nodes.forEach(({ io }, index) => {
      io.on('hello', (text: string) => void heard.push(`${index} ${text}`))
      io.on('who', (answer: (index: number) => void) => answer(index))
    })
    const [first] = cluster.nodes as [Node]
    first.io.serverSideEmit('hello', 'world')
    await vi.waitFor(() => expect(new Set(heard)).toEqual(new Set(['1 world', '2 world'])))
    expect(new Set(await first.io.serverSideEmitWithAck('who'))).toEqual(new Set([1, 2]))
    expect(heard).toHaveLength(2)
  })

  it('[SIO4] sockets join, leave and are disconnected from any node', async () => {
    await using cluster = await startSocketIoNodes(options())
    const [first, second] = cluster.nodes as [Node, Node]
    const far = await second.connect()
    const room = (): string[] => [...(second.io.of('/').adapter.rooms.keys() as Iterable<string>)]
    first.io.socketsJoin('lobby')
    await vi.waitFor(() => expect(room()).toContain('lobby'))
    first.io.in('lobby').socketsLeave('lobby')
    await vi.waitFor(() => expect(room()).not.toContain('lobby'))
    first.io.disconnectSockets()
    await vi.waitFor(() => expect(far.socket.connected).toBe(false))
  })

  it('[SIO5] a broadcast with an acknowledgement gathers an answer of each client', async () => {
    await using cluster = await startSocketIoNodes(options())
    for (const node of cluster.nodes) await node.connect()
    expect(await cluster.nodes[0]?.io.timeout(5_000).emitWithAck('question', [7])).toEqual([[7], [7]])
  })

  it('[SIO6] members of a Millrace room are in the Socket.IO room of its key', async () => {
    await using cluster = await startSocketIoNodes(options())
    const [first, second] = cluster.nodes as [Node, Node]
    const notices: string[] = []
    const ours = second.client({ auth: { user: 'bob' } }).use(club)
    ours.on('notice', (text) => notices.push(text))
    await ours.room('table', { id: '1' }).join()
    const stock = await second.connect('/club')
    const elsewhere = await second.connect('/club')
    await stock.socket.emitWithAck('~join', { room: 'table', params: { id: '1' } })
    const { key } = first.server.room(club, 'table', { id: '1' })
    first.io.of('/club').to(key).emit('notice', 'hello')
    await vi.waitFor(() => {
      expect(notices).toEqual(['hello'])
      expect(stock.heard).toContainEqual(['notice', 'hello'])
    })
    expect(await first.io.of('/club').in(key).fetchSockets()).toHaveLength(2)
    expect(elsewhere.heard.filter(([name]) => name === 'notice')).toEqual([])
  })
}

type Node = Awaited<ReturnType<typeof startSocketIoNodes>>['nodes'][number]
