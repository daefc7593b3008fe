import { expect, test } from 'vitest'
import { answerJoin, messages, reconnect, start, startClient, startConnected, startJoined, turn } from './support/start-client.ts'

const at = (offset: number, epoch = 'e') => ({ epoch, offset, id: offset === 0 ? '' : `m${offset}` })

test('[CLI16] the same object for the same parameters, and none for wrong ones', () => {
  const { ns } = startClient()
  const room = ns.room('conversation', { conversationId: 'a' })
  expect(ns.room('conversation', { conversationId: 'a' })).toBe(room)
  expect(ns.room('conversation', { conversationId: 'b' })).not.toBe(room)
  expect(() => ns.room('conversation', { conversationId: 'not one' })).toThrow(/parameters of room conversation.*conversationId/)
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

test('[CLI18] a join ends with the signal, with leave(), with close() and when the client gives up', async () => {
  const test = await startConnected({ reconnect: { maxAttempts: 0 } })
  const room = test.ns.room('conversation', { conversationId: 'a' })
  const controller = new AbortController()
  const aborted = room.join({ signal: controller.signal })
  controller.abort('enough')
  await expect(aborted).rejects.toMatchObject({ code: 'TIMEOUT', cause: 'enough' })
  await expect(room.join({ signal: controller.signal })).rejects.toMatchObject({ code: 'TIMEOUT' })
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
    expect(answerJoin(server, { room: handle, recovered: true, position: at(3), snapshot: undefined })).toMatchObject({ position: at(3) })
  }
  await turn()
  expect(rejoined).toEqual([{ recovered: true }, { recovered: true }])
  expect(test.client.protocolErrors).toBe(0)
})

test('[CLI20] takes a frame only if it continues, else recovers from its position', async () => {
  const { room, server, client, clock, errors } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  server.send('~frame', messages(1, 2))
  const broken = [messages(4, 5), messages(3, 3, { prev: 'other' }), messages(3, 3, { epoch: 'f' }), messages(2, 2, { id: 'x', entries: [['x', 'message', { text: 'x' }, 1]] }), 'no frame']
  for (const frame of broken) {
    server.send('~frame', frame === 'no frame' ? { room: 7, kind: frame } : frame)
    clock.advance(20_000)
    expect(answerJoin(server, { recovered: true, position: at(2) })).toMatchObject({ position: at(2) })
    clock.runDeferred()
    await turn()
  }
  server.send('~frame', messages(3, 3))
  await turn()
  expect(texts).toEqual(['m1', 'm2', 'm3'])
  expect(client.protocolErrors).toBe(broken.length)
  expect(errors).toHaveLength(broken.length)
})

test('[CLI20] frames that arrive while it recovers are not taken', async () => {
  const { room, server, clock } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  server.send('~frame', messages(2, 2))
  server.send('~frame', messages(1, 1))
  answerJoin(server, { recovered: true, position: start })
  clock.runDeferred()
  await turn()
  server.send('~frame', messages(1, 1))
  expect(texts).toEqual(['m1'])
})

test('[CLI20] a server that goes on breaking the protocol is asked at growing intervals', async () => {
  const { server, clock } = await startJoined({ reconnect: { minDelayMs: 100 } })
  server.send('~frame', messages(5, 5))
  answerJoin(server, { recovered: true, position: start })
  server.send('~frame', messages(5, 5))
  expect(server.sent).toEqual([])
  clock.advance(99)
  expect(server.sent).toEqual([])
  clock.advance(1)
  answerJoin(server, { recovered: true, position: start })
})

test('[CLI21] drops what it has seen, and takes the rest of the frame', async () => {
  const { room, server, client } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  server.send('~frame', messages(1, 3))
  server.send('~frame', messages(1, 2))
  server.send('~frame', messages(2, 3))
  server.send('~frame', messages(2, 5))
  server.send('~frame', { ...messages(6, 8), kind: 'skip', entries: undefined })
  server.send('~frame', messages(9, 9))
  expect(texts).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm9'])
  expect(client.protocolErrors).toBe(0)
})

test('[CLI22] an entry that does not fit is reported and left out, and the position moves on', async () => {
  const { room, server, errors, client } = await startJoined()
  const texts: string[] = []
  room.on('message', ({ text }) => texts.push(text))
  room.on('renamed', ({ title }) => texts.push(title))
  const entries = [
    ['m1', 'message', { text: 7 }, 1],
    ['m2', 'unheard', {}, 1],
    ['m3', 'renamed', { title: 'old version' }, 1],
    ['m4', 'typing', { who: 'not durable' }, 1],
    ['m5', 'constructor', {}, 1],
    null,
    ['m7', 'renamed@2', { title: 'new' }, 1],
    ['m8', 'message', { text: 'm8' }, 1],
  ]
  server.send('~frame', messages(1, 8, { entries }))
  server.send('~frame', messages(9, 9))
  expect(texts).toEqual(['new', 'm8', 'm9'])
  expect(errors.map((error) => (error as Error & { code: string }).code)).toEqual(['INVALID_INPUT', ...Array<string>(4).fill('CONTRACT_MISMATCH')])
  expect(client.protocolErrors).toBe(0)
})

test('[CLI23] replayed are the events up to the top of the join', async () => {
  const { ns, server, clock } = await startConnected()
  const room = ns.room('conversation', { conversationId: 'a' })
  const seen: unknown[] = []
  room.on('message', ({ text }, { replayed, position, key, from, at: time }) => seen.push([text, replayed, position.offset, key, from, time]))
  const joined = room.join()
  answerJoin(server, { top: at(2) })
  server.send('~frame', messages(1, 2))
  server.send('~frame', messages(3, 3, { entries: [['m3', 'message', { text: 'm3' }, 3, 'ann', 'k']] }))
  await joined
  clock.runDeferred()
  await turn()
  expect(seen).toEqual([
    ['m1', true, 1, null, null, 1],
    ['m2', true, 2, null, null, 2],
    ['m3', false, 3, 'k', 'ann', 3],
  ])
})

test('[CLI24] a gap is told before any later event, with its snapshot', async () => {
  const { room, server } = await startJoined()
  const seen: unknown[] = []
  room.on('message', ({ text }) => seen.push(text))
  room.on('gap', (gap) => seen.push(gap))
  server.send('~frame', messages(1, 1))
  server.send('~gap', { room: 7, reason: 'trimmed', from: at(1), to: at(40), snapshot: { messages: [{ text: 'm40' }] } })
  server.send('~frame', messages(41, 41))
  expect(seen).toEqual(['m1', { reason: 'trimmed', from: at(1), to: at(40), snapshot: { messages: [{ text: 'm40' }] } }, 'm41'])
})

test('[CLI24] from is where the client stands, so that nothing is left out between its events and its gaps', async () => {
  const { room, server } = await startJoined()
  const gaps: unknown[] = []
  room.on('gap', ({ from, to }) => gaps.push([from, to]))
  server.send('~frame', messages(1, 2))
  server.send('~gap', { room: 7, reason: 'rewound', from: at(9), to: at(12) })
  server.send('~gap', { room: 7, reason: 'nothing', from: at(9), to: at(12) })
  expect(gaps).toEqual([[at(2), at(12)]])
  expect(server.take('~join').argument).toMatchObject({ position: at(12) })
})

test('[CLI25] a join that does not recover is told as a gap, whatever else the answer says', async () => {
  const test = await startJoined()
  const seen: unknown[] = []
  test.room.on('gap', ({ reason, from, to, snapshot }) => seen.push([reason, from, to, snapshot]))
  test.room.on('joined', ({ recovered }) => seen.push(recovered))
  test.room.on('message', ({ text }) => seen.push(text))
  test.server.send('~frame', messages(1, 2))
  const answers = [
    { recovered: false, gap: { reason: 'trimmed', from: at(2), to: at(9) }, position: at(9), snapshot: { messages: [] } },
    { recovered: true, position: at(12), snapshot: undefined },
    { recovered: false, position: { epoch: 'f', offset: 0, id: '' } },
  ]
  for (const answer of answers) {
    test.clock.advance(5_000)
    test.transport.last.break()
    answerJoin(await reconnect(test), answer)
    await turn()
    test.clock.runDeferred()
    await turn()
  }
  expect(seen).toEqual([
    'm1', 'm2',
    ['trimmed', at(2), at(9), { messages: [] }], false,
    ['trimmed', at(9), at(12), undefined], false,
    ['epoch', at(12), { epoch: 'f', offset: 0, id: '' }, { messages: [] }], false,
  ])
})

test('[CLI26] keeps the newest value per key', async () => {
  const test = await startJoined()
  const { room } = test
  const seen: unknown[] = []
  room.on('score', ({ points }, { key }) => seen.push([key, points]))
  room.on('removed', (value) => seen.push(value))
  const score = (player: string, points: number) => ['score', player, { player, points }]
  const state = (version: number, kind: string, values: unknown[]) => ({ room: 7, epoch: 's', version, id: `v${version}`, kind, values })
  test.server.send('~state', state(1, 'replace', [score('ann', 1), score('bob', 2)]))
  test.server.send('~state', state(2, 'change', [score('ann', 3), ['score', 'bob'], ['unheard', 'x', 1], ['score', 'cyd', { points: 'many' }]]))
  expect([...room.state('score')]).toEqual([['ann', { player: 'ann', points: 3 }]])
  expect(seen).toEqual([['ann', 1], ['bob', 2], ['ann', 3], { name: 'score', key: 'bob' }])
  expect(test.errors).toHaveLength(2)
  test.clock.advance(5_000)
  test.transport.last.break()
  const join = answerJoin(await reconnect(test), { position: start, recovered: true, state: state(9, 'replace', [score('dan', 4)]) })
  expect(join.state).toEqual({ epoch: 's', version: 2, id: 'v2' })
  await turn()
  expect([...room.state('score').keys()]).toEqual(['dan'])
  expect(seen.slice(4)).toEqual([{ name: 'score', key: 'ann' }, ['dan', 4]])
})

test('[CLI27] tells who is there', async () => {
  const { ns, server, clock, errors } = await startConnected()
  const lobby = ns.room('lobby')
  const changes: unknown[] = []
  lobby.presence.on(({ changed, left, count }) => changes.push([changed.map(({ id }) => id), left, count]))
  const member = (id: string, status: string) => ({ id, user: { name: id }, metas: [{ id: 'c', state: { status } }] })
  const joined = lobby.join({ presence: { status: 'active' } })
  await turn()
  const join = answerJoin(server, { presence: { kind: 'replace', count: 2, members: [member('ann', 'active'), member('bob', 'away')] } })
  expect(join.presence).toEqual({ status: 'active' })
  await joined
  expect(lobby.presence.members().map(({ id, user, metas }) => [id, user.name, metas[0]?.state.status])).toEqual([
    ['ann', 'ann', 'active'],
    ['bob', 'bob', 'away'],
  ])
  clock.runDeferred()
  await turn()
  server.send('~presence', { room: 7, kind: 'change', count: 300, members: [member('cyd', 'active'), member('dan', 'asleep')], left: ['ann'] })
  await turn()
  expect(lobby.presence.members().map(({ id }) => id)).toEqual(['bob', 'cyd'])
  expect(lobby.presence.count).toBe(300)
  expect(changes).toEqual([[['ann', 'bob'], [], 2], [['cyd'], ['ann'], 300]])
  expect(errors).toMatchObject([{ code: 'INVALID_INPUT' }])
  server.send('~presence', { room: 7, kind: 'replace', count: 1, members: [member('cyd', 'away')] })
  await turn()
  expect(lobby.presence.members().map(({ id }) => id)).toEqual(['cyd'])
})

test('[CLI28] what the client says of itself goes with every join', async () => {
  const test = await startConnected()
  const lobby = test.ns.room('lobby')
  await lobby.presence.set({ status: 'away' })
  const joined = lobby.join({ presence: { status: 'active' } })
  answerJoin(test.server)
  await joined
  const changed = lobby.presence.set({ status: 'away' })
  await turn()
  const sent = test.server.take('~presence')
  expect(sent.argument).toEqual({ room: 7, state: { status: 'away' } })
  sent.ack({ ok: true })
  await changed
  // @ts-expect-error not a status of the contract
  await expect(lobby.presence.set({ status: 'asleep' })).rejects.toMatchObject({ code: 'INVALID_INPUT', path: 'status' })
  // @ts-expect-error the room has presence
  await expect(lobby.join({})).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  test.transport.last.break()
  expect(answerJoin(await reconnect(test), { recovered: true }).presence).toEqual({ status: 'away' })
})

test('[CLI29] a kick ends the membership after what came before it', async () => {
  const test = await startJoined()
  const seen: unknown[] = []
  test.room.on('message', ({ text }) => seen.push(text))
  test.room.on('kicked', ({ code }) => seen.push(code))
  test.server.send('~frame', messages(1, 1))
  test.server.send('~kick', { room: 7, error: { code: 'FORBIDDEN', message: 'out' } })
  test.server.send('~frame', messages(2, 2))
  test.clock.advance(5_000)
  test.transport.last.break()
  const server = await reconnect(test)
  expect(server.sent).toEqual([])
  expect(seen).toEqual(['m1', 'FORBIDDEN'])
  const again = test.room.join()
  expect(answerJoin(server).position).toBeUndefined()
  await again
})

test('[CLI30] a join after a reconnect goes on while the server has trouble, and ends where it refuses', async () => {
  const test = await startJoined({ reconnect: { minDelayMs: 100 } })
  const kicked: unknown[] = []
  test.room.on('kicked', ({ code }) => kicked.push(code))
  test.transport.last.break()
  const server = await reconnect(test)
  for (const [code, retryAfterMs] of [['OVERLOADED', 2_000], ['INTERNAL', 0], ['UNAVAILABLE', 0]] as const) {
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

test('[CLI32] a listener that throws or rejects is reported and disturbs nobody', async () => {
  const { room, ns, server, errors, client } = await startJoined()
  const seen: string[] = []
  room.on('message', () => {
    throw new Error('sync')
  })
  room.on('message', async () => Promise.reject(new Error('async')))
  const off = room.on('message', ({ text }) => seen.push(text))
  ns.on('notice', () => Promise.reject('not an error' as unknown as Error))
  client.onState(() => {
    throw new Error('state')
  })
  server.send('~frame', messages(1, 1))
  server.send('notice', { text: 'x' })
  off()
  server.send('~frame', messages(2, 2))
  await client.close()
  await turn()
  expect(seen).toEqual(['m1'])
  expect(errors.map(({ message }) => message).sort()).toEqual(['async', 'async', 'not an error', 'state', 'sync', 'sync'])
})

test('[CLI32] an onError that throws disturbs nobody either', async () => {
  const { room, server } = await startJoined({
    onError() {
      throw new Error('onError')
    },
  })
  const seen: string[] = []
  room.on('message', ({ text }) => seen.push(text))
  server.send('~frame', messages(1, 1, { entries: [['m1', 'unheard', {}, 1]] }))
  server.send('~frame', messages(2, 2))
  server.send('~gap', null)
  server.send('~kick', { room: 7 })
  expect(seen).toEqual(['m2'])
})

test('[CLI33] volatile events come and go without a position', async () => {
  const test = await startJoined()
  const seen: unknown[] = []
  test.room.on('typing', ({ who }, { from, at: time }) => seen.push([who, from, time]))
  test.server.send('~frame', { room: 7, kind: 'volatile', entries: [['typing', { who: 'ann' }, 5, 'u1'], ['typing', { who: 1 }, 5], ['message', { text: 'x' }, 5]] })
  expect(seen).toEqual([['ann', 'u1', 5]])
  expect(test.errors).toHaveLength(2)
  test.room.publish('typing', { who: 'me' })
  expect(JSON.parse(JSON.stringify(test.server.take('typing').argument))).toEqual({ room: 7, input: { who: 'me' } })
  // @ts-expect-error not the payload of the contract
  test.room.publish('typing', { who: 1 })
  expect(test.errors).toHaveLength(3)
  test.transport.last.break()
  test.room.publish('typing', { who: 'me' })
  expect(await reconnect(test)).toMatchObject({ sent: [{ name: '~join' }] })
})
