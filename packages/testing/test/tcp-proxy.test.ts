import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { startTcpProxy } from '../src/faults/index.ts'
import { callTcp } from './support/call-tcp.ts'
import { eventually } from './support/eventually.ts'
import { startEcho } from './support/start-echo.ts'

it('[FLT6] delays, slices, throttles and resets, until it is restored', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const { socket, pieces, end } = await callTcp(proxy.port)
  const tell = async (text: string): Promise<number> => {
    const from = performance.now()
    pieces.length = 0
    socket.write(text)
    await eventually(() => expect(pieces.join('')).toBe(text))
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
  await eventually(() => expect(end()).toBe('ECONNRESET'))
  proxy.refuse()
  const refused = connect(proxy.port, '127.0.0.1')
  const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNRESET')
  proxy.restore()
  const again = await callTcp(proxy.port)
  again.socket.end('hello')
  await eventually(() => expect([again.pieces.join(''), again.end()]).toEqual(['hello', 'closed']))
})

it('[FLT7] half-open: bytes and ends vanish, and those who lost something are reset when it is restored', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const [losing, idle] = [await callTcp(proxy.port), await callTcp(proxy.port)]
  await eventually(() => expect(echo.sockets).toHaveLength(2))
  proxy.drop('toClient')
  losing.socket.write('heard')
  await eventually(() => expect(proxy.counts.droppedBytes).toEqual({ toTarget: 0, toClient: 5 }))
  expect([proxy.counts.passedBytes.toTarget, losing.pieces.length, losing.end()]).toEqual([5, 0, undefined])
  proxy.drop()
  losing.socket.write('lost')
  await eventually(() => expect(proxy.counts.droppedBytes.toTarget).toBe(4))
  const late = await callTcp(proxy.port)
  late.socket.write('lost too')
  await eventually(() => expect(proxy.counts.droppedBytes.toTarget).toBe(12))
  expect([losing.end(), late.end()]).toEqual([undefined, undefined])
  proxy.restore()
  await eventually(() => expect([losing.end(), late.end()]).toEqual(['ECONNRESET', 'ECONNRESET']))
  idle.socket.write('still here')
  await eventually(() => expect(idle.pieces.join('')).toBe('still here'))
})

it('[FLT7] the end of a connection vanishes too', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const { end } = await callTcp(proxy.port)
  await eventually(() => expect(echo.sockets).toHaveLength(1))
  proxy.drop()
  echo.sockets[0]?.destroy()
  const witness = await callTcp(proxy.port)
  witness.socket.write('x')
  await eventually(() => expect(proxy.counts.droppedBytes.toTarget).toBe(1))
  expect(end()).toBe(undefined)
  proxy.restore()
  await eventually(() => expect(end()).toBeDefined())
})

it('[FLT8] bytes that are held arrive when it is restored', async () => {
  await using echo = await startEcho()
  await using proxy = await startTcpProxy(echo.port)
  const { socket, pieces, end } = await callTcp(proxy.port)
  proxy.hold()
  socket.write('one ')
  socket.write('two')
  await eventually(() => expect(socket.bytesWritten).toBe(7))
  expect(pieces).toEqual([])
  proxy.restore()
  await eventually(() => expect(pieces.join('')).toBe('one two'))
  expect(end()).toBe(undefined)
})

it('[FLT9] leads new connections elsewhere and leaves the others where they are', async () => {
  await using one = await startEcho('1')
  await using two = await startEcho('2')
  await using proxy = await startTcpProxy(one.port)
  const first = await callTcp(proxy.port)
  await eventually(() => expect(one.sockets).toHaveLength(1))
  proxy.lead(two.port)
  const second = await callTcp(proxy.port)
  first.socket.write('a')
  second.socket.write('b')
  await eventually(() => expect([first.pieces.join(''), second.pieces.join('')]).toEqual(['1a', '2b']))
})
