import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { expect, it, vi } from 'vitest'
import { startTcpProxy } from '../src/faults/index.ts'

interface Echo extends AsyncDisposable {
  readonly port: number
  readonly sockets: Socket[]
}

/** Says what it hears, after its name. */
async function startEcho(name = ''): Promise<Echo> {
  const sockets: Socket[] = []
  const server: Server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy()).on('data', (data) => socket.write(name + String(data)))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Caller {
  readonly socket: Socket
  readonly pieces: string[]
  /** Undefined while the connection stands. */
  readonly end: () => string | undefined
}

async function call(port: number): Promise<Caller> {
  const socket = connect(port, '127.0.0.1')
  const pieces: string[] = []
  let end: string | undefined
  socket.on('data', (data) => pieces.push(String(data)))
  socket.on('error', (error: NodeJS.ErrnoException) => (end = error.code)).on('close', () => (end ??= 'closed'))
  await once(socket, 'connect')
  return { socket, pieces, end: () => end }
}

it('[FLT6] delays, slices, throttles and resets, until it is restored', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const { socket, pieces, end } = await call(proxy.port)
  const tell = async (text: string): Promise<number> => {
    const from = performance.now()
    pieces.length = 0
    socket.write(text)
    await vi.waitFor(() => expect(pieces.join('')).toBe(text), 5_000)
    return performance.now() - from
  }
  proxy.delay(60)
  expect(await tell('late')).toBeGreaterThanOrEqual(110)
  proxy.restore()
  proxy.slice(1)
  await tell('abcdef')
  expect(pieces.length).toBeGreaterThan(1)
  proxy.restore()
  proxy.throttle(1_000)
  await tell('x'.repeat(100))
  expect(await tell('y'.repeat(100))).toBeGreaterThanOrEqual(50)
  expect(proxy.counts.passedBytes.toTarget).toBe(4 + 6 + 200)
  proxy.reset()
  await vi.waitFor(() => expect(end()).toBe('ECONNRESET'))
  proxy.refuse()
  const refused = connect(proxy.port, '127.0.0.1')
  const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNRESET')
  proxy.restore()
  const again = await call(proxy.port)
  again.socket.end('hello')
  await vi.waitFor(() => expect([again.pieces.join(''), again.end()]).toEqual(['hello', 'closed']))
})

it('[FLT7] half-open: bytes and ends vanish, and those who lost something are reset when it is restored', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const [losing, idle] = [await call(proxy.port), await call(proxy.port)]
  await vi.waitFor(() => expect(echo.sockets).toHaveLength(2))
  proxy.drop('toClient')
  losing.socket.write('heard')
  await vi.waitFor(() => expect(proxy.counts.droppedBytes).toEqual({ toTarget: 0, toClient: 5 }))
  expect([proxy.counts.passedBytes.toTarget, losing.pieces.length, losing.end()]).toEqual([5, 0, undefined])
  proxy.drop()
  losing.socket.write('lost')
  await vi.waitFor(() => expect(proxy.counts.droppedBytes.toTarget).toBe(4))
  const late = await call(proxy.port)
  late.socket.write('lost too')
  await vi.waitFor(() => expect(proxy.counts.droppedBytes.toTarget).toBe(12))
  expect([losing.end(), late.end()]).toEqual([undefined, undefined])
  proxy.restore()
  await vi.waitFor(() => expect([losing.end(), late.end()]).toEqual(['ECONNRESET', 'ECONNRESET']))
  idle.socket.write('still here')
  await vi.waitFor(() => expect(idle.pieces.join('')).toBe('still here'))
})

it('[FLT7] the end of a connection vanishes too', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const { end } = await call(proxy.port)
  await vi.waitFor(() => expect(echo.sockets).toHaveLength(1))
  proxy.drop()
  echo.sockets[0]?.destroy()
  const witness = await call(proxy.port)
  witness.socket.write('x')
  await vi.waitFor(() => expect(proxy.counts.droppedBytes.toTarget).toBe(1))
  expect(end()).toBe(undefined)
  proxy.restore()
  await vi.waitFor(() => expect(end()).toBeDefined())
})

it('[FLT8] bytes that are held arrive when it is restored', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const { socket, pieces, end } = await call(proxy.port)
  proxy.hold()
  socket.write('one ')
  socket.write('two')
  await vi.waitFor(() => expect(socket.bytesWritten).toBe(7))
  expect(pieces).toEqual([])
  proxy.restore()
  await vi.waitFor(() => expect(pieces.join('')).toBe('one two'))
  expect(end()).toBe(undefined)
})

it('[FLT9] leads new connections elsewhere and leaves the others where they are', async () => {
  await using one = await startEcho('1')
  await using two = await startEcho('2')
  await using proxy = await startTcpProxy(one.port)
  const first = await call(proxy.port)
  await vi.waitFor(() => expect(one.sockets).toHaveLength(1))
  proxy.lead(two.port)
  const second = await call(proxy.port)
  first.socket.write('a')
  second.socket.write('b')
  await vi.waitFor(() => expect([first.pieces.join(''), second.pieces.join('')]).toEqual(['1a', '2b']))
})
