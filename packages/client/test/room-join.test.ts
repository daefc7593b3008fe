import { expect, test } from 'vitest'
import {
  answerJoin,
  messages,
  reconnect,
  startClient,
  startConnected,
  startJoined,
  turn,
} from './support/start-client.ts'

const at = (offset: number, epoch = 'e') => ({ epoch, offset, id: offset === 0 ? '' : `m${offset}` })

test('[CLI16] the same object for the same parameters, and none for wrong ones', () => {
  const { ns } = startClient()
  const room = ns.room('conversation', { conversationId: 'a' })
  expect(ns.room('conversation', { conversationId: 'a' })).toBe(room)
  expect(ns.room('conversation', { conversationId: 'b' })).not.toBe(room)
  expect(() => ns.room('conversation', { conversationId: 'not one' })).toThrow(
    /parameters of room conversation.*conversationId/,
  )
})

test('[CLI17] the code that awaits the join runs before the first event', async () => {
  const { ns, server, clock } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  const order: unknown[] = []
  room.on('message', ({ text }) => order.push(text))
  const joined = (async () => {
    const { snapshot, recovered } = await room.join()
    await Promise.resolve()
    order.push(snapshot, recovered)
  })()
  const join = answerJoin(server, { snapshot: { messages: [{ text: 'old' }] } })
  server.send('~frame', messages(1, 2))
  await joined
  clock.runDeferred()
  await turn()
  expect(order).toEqual([{ messages: [{ text: 'old' }] }, false, 'm1', 'm2'])
  expect(JSON.parse(JSON.stringify(join))).toEqual({ room: 'conversation', params: { conversationId: 'a' } })
})

test('[CLI18] a join waits for the connection, and later calls share its answer', async () => {
  const test = startClient()
  const room = test.ns.room('conversation', { conversationId: 'a' })
  const [first, second] = [room.join(), room.join()]
  await turn()
  test.clock.advance(5_000)
  test.clock.advance(20_000)
  const server = await reconnect(test)
  answerJoin(server)
  expect(await first).toEqual({ snapshot: { messages: [] }, recovered: false })
  expect(await second).toBe(await first)
  expect(await room.join()).toBe(await first)
  expect(server.sent).toEqual([])
})

test('[CLI18] a join that is refused rejects, and the client is not in the room', async () => {
  const { ns, server } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  const joined = room.join()
  server.take('~join').ack({ ok: false, error: { code: 'FORBIDDEN', message: 'not a member' } })
  await expect(joined).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'not a member' })
  await expect(room.request('message.send', { text: 'x' })).rejects.toThrow('call join() first')
  const again = room.join()
  answerJoin(server)
  await expect(again).resolves.toMatchObject({ recovered: false })
})

test('[CLI18] a join ends with leave(), with close() and when the client gives up', async () => {
  const test = await startConnected({ reconnect: { maxAttempts: 0 } })
  const room = test.ns.room('conversation', { conversationId: 'a' })
  const left = room.join()
  await room.leave()
  await expect(left).rejects.toMatchObject({ code: 'DISCONNECTED' })
  const given = room.join()
  test.transport.last.break()
  await expect(given).rejects.toMatchObject({ code: 'DISCONNECTED', message: expect.stringContaining('gave up') })
  const other = startClient()
  const closed = other.ns.room('conversation', { conversationId: 'a' }).join()
  await other.client.close()
  await expect(closed).rejects.toMatchObject({ code: 'DISCONNECTED' })
})

test('[CLI18] a malformed answer or snapshot rejects, and leaves', async () => {
  const { ns, server, clock } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  const malformed = room.join()
  answerJoin(server, { position: 'here' })
  await expect(malformed).rejects.toMatchObject({ code: 'INTERNAL' })
  const unfit = room.join()
  answerJoin(server, { snapshot: { messages: 'none' } })
  await expect(unfit).rejects.toMatchObject({ code: 'CONTRACT_MISMATCH' })
  expect(server.take('~leave').argument).toEqual({ room: 7 })
  clock.runDeferred()
})

test('[CLI19] joins again from its position after every reconnect', async () => {
  const test = await startJoined()
  const rejoined: unknown[] = []
  test.room.on('joined', (again) => rejoined.push(again))
  test.server.send('~frame', messages(1, 3))
  for (const handle of [8, 9]) {
    test.clock.advance(5_000)
    test.transport.last.break()
    const server = await reconnect(test)
    expect(answerJoin(server, { room: handle, recovered: true, position: at(3), snapshot: undefined })).toMatchObject({
      position: at(3),
    })
  }
  await turn()
  expect(rejoined).toEqual([{ recovered: true }, { recovered: true }])
  expect(test.client.protocolErrors).toBe(0)
})

test('[CLI30] a join after a reconnect goes on while the server has trouble, and ends where it refuses', async () => {
  const test = await startJoined({ reconnect: { minDelayMs: 100 } })
  const kicked: unknown[] = []
  test.room.on('kicked', ({ code }) => kicked.push(code))
  test.transport.last.break()
  const server = await reconnect(test)
  for (const [code, retryAfterMs] of [
    ['OVERLOADED', 2_000],
    ['INTERNAL', 0],
    ['UNAVAILABLE', 0],
  ] as const) {
    server.take('~join').ack({ ok: false, error: { code, message: 'no', retryAfterMs } })
    expect(server.sent).toEqual([])
    test.clock.advance(retryAfterMs + 100)
  }
  expect(kicked).toEqual([])
  server.take('~join').ack({ ok: false, error: { code: 'FORBIDDEN', message: 'no' } })
  expect(kicked).toEqual(['FORBIDDEN'])
  test.clock.advance(60_000)
  expect(server.sent).toEqual([])
})

test('[CLI31] after leave() no listener is called, and a join that is answered late is left', async () => {
  const { room, server, ns, clock } = await startJoined()
  const seen: unknown[] = []
  room.on('message', (message) => seen.push(message))
  const left = room.leave()
  server.send('~frame', messages(1, 1))
  server.take('~leave').ack({ ok: true })
  await left
  const other = ns.room('conversation', { conversationId: 'b' })
  const joined = other.join()
  await other.leave()
  await expect(joined).rejects.toMatchObject({ code: 'DISCONNECTED' })
  answerJoin(server, { room: 8 })
  expect(server.take('~leave').argument).toEqual({ room: 8 })
  const again = room.join()
  expect(answerJoin(server).position).toBeUndefined()
  await again
  clock.runDeferred()
  await turn()
  server.send('~frame', messages(1, 1))
  expect(seen).toHaveLength(1)
})

test('[CLI31] leave() resolves when the connection ends', async () => {
  const { room, transport, clock } = await startJoined()
  const left = room.leave()
  transport.last.break()
  await left
  clock.runDeferred()
})
