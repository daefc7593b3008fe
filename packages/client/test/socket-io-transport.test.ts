import { expect, test } from 'vitest'
import { createClient, type Client, type ClientState } from '@millrace/client'
import { chat } from './support/chat.ts'
import { startUpgradeProxy } from './support/upgrade-proxy.ts'
import { startWireServer, type Ack } from './support/wire-server.ts'

/** Resolves with the first state of this name, the current one included. */
function reached<S extends ClientState['state']>(client: Client, name: S): Promise<ClientState & { state: S }> {
  const is = (state: ClientState): state is ClientState & { state: S } => state.state === name
  return new Promise((resolve) => {
    const look = (state: ClientState) => is(state) && resolve(state)
    client.onState(look)
    look(client.state)
  })
}

test('[CLI1] connects, joins, asks and receives over Socket.IO', async () => {
  await using server = await startWireServer((socket) => {
    socket.on('conversation.create', (request: { input: { title: string }; key: string }, ack: Ack) => {
      ack({ ok: true, data: { id: `${request.input.title}-1`, createdAt: '2026-01-01T00:00:00.000Z' } })
    })
    socket.on('~join', (_join: unknown, ack: Ack) => {
      ack({
        ok: true,
        data: { room: 7, position: { epoch: 'e', offset: 0, id: '' }, recovered: false, snapshot: { messages: [] } },
      })
      const entries = [
        ['a', 'message', { text: 'hi' }, 5, 'ann', 'k'],
        ['b', 'file', new Uint8Array([1, 2]), 6],
      ]
      socket.emit('~frame', { room: 7, kind: 'full', epoch: 'e', from: 1, prev: '', to: 2, id: 'b', entries })
    })
    socket.on('message.send', (request: { input: unknown; room: number }, ack: Ack) =>
      ack({ ok: true, data: request.input }),
    )
  })
  const client = createClient({ url: server.url, auth: 'secret' })
  const ns = client.use(chat)
  const created = await ns.request('conversation.create', { title: 'x' })
  expect(created).toEqual({ id: 'x-1', createdAt: new Date('2026-01-01T00:00:00.000Z') })
  expect(client.state).toMatchObject({ state: 'connected', node: 'n1' })
  expect(server.handshakes[0]).toMatchObject({ token: 'secret', millrace: 1 })

  const room = ns.room('conversation', { conversationId: 'a' })
  const seen: unknown[] = []
  const received = new Promise<void>((resolve) => {
    room.on('message', (message, meta) => seen.push([message, meta.key, meta.from, meta.position.offset]))
    room.on('file', (file) => {
      seen.push([...file])
      resolve()
    })
  })
  const { snapshot, recovered } = await room.join()
  seen.push(['joined', snapshot, recovered])
  await received
  expect(seen).toEqual([
    ['joined', { messages: [] }, false],
    [{ text: 'hi' }, 'k', 'ann', 1],
    [1, 2],
  ])
  expect(await room.request('message.send', { text: 'yo' })).toEqual({ text: 'yo' })
  await client.close()
  expect(client.state).toEqual({ state: 'closed' })
})

test('[CLI8] goes through a proxy that rejects Upgrade', async () => {
  await using server = await startWireServer()
  await using proxy = await startUpgradeProxy(server.port, 'reject')
  const client = createClient({ url: proxy.url, reconnect: { maxAttempts: 1 } })
  client.use(chat)
  await client.connect()
  expect(proxy.upgrades()).toBe(1)
  expect([...server.chat.sockets.values()].map(({ conn }) => conn.transport.name)).toEqual(['polling'])
  await client.close()
})

test('[CLI8] goes through a proxy that swallows Upgrade', async () => {
  await using server = await startWireServer()
  await using proxy = await startUpgradeProxy(server.port, 'swallow')
  const client = createClient({ url: proxy.url, reconnect: { maxAttempts: 1 }, connectTimeoutMs: 200 })
  client.use(chat)
  const states: unknown[] = []
  client.onState((state) => states.push(state))
  await client.connect()
  expect(proxy.upgrades()).toBeGreaterThanOrEqual(1)
  expect(states).toEqual([{ state: 'connecting', attempt: 1 }, expect.objectContaining({ state: 'connected' })])
  await client.close()
})

test('[CLI5, CLI10] tells a refusal of the server from a failing connection', async () => {
  await using server = await startWireServer()
  server.chat.use((socket, next) => {
    const refused = socket.handshake.auth.token !== 'good'
    next(refused ? Object.assign(new Error('no'), { data: { code: 'FORBIDDEN', message: 'not you' } }) : undefined)
  })
  const client = createClient({ url: server.url, auth: 'bad' })
  client.use(chat)
  await expect(client.connect()).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(client.state).toMatchObject({
    state: 'gave-up',
    reason: { code: 'FORBIDDEN', message: expect.stringContaining('no') },
  })
  const elsewhere = createClient({ url: server.url, auth: 'good' })
  elsewhere.use({ namespace: '/nowhere' })
  void elsewhere.connect().catch(() => {})
  const { reason } = await reached(elsewhere, 'waiting')
  expect(reason).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('/nowhere') })
  await Promise.all([client.close(), elsewhere.close()])
  const nobody = createClient({ url: 'http://127.0.0.1:9', reconnect: { maxAttempts: 1 } })
  nobody.use(chat)
  await expect(nobody.connect()).rejects.toMatchObject({ code: 'DISCONNECTED' })
})

test('[CLI4] obeys ~close, and comes back after the server ended its connection or one namespace', async () => {
  const ends = ['~close', 'engine', 'namespace']
  await using server = await startWireServer((socket) => {
    const end = ends.shift()
    if (end === '~close') socket.emit('~close', { code: 'SHUTDOWN', reconnect: 'backoff', retryAfterMs: 5 })
    if (end === 'namespace') socket.disconnect()
    else if (end) socket.conn.close()
  })
  const client = createClient({ url: server.url, reconnect: { minDelayMs: 1, maxDelayMs: 5 } })
  const reasons: string[] = []
  client.onState((state) => state.state === 'waiting' && reasons.push(state.reason.code))
  client.use(chat)
  await new Promise<void>((resolve) => {
    server.chat.on('connection', () => ends.length === 0 && server.handshakes.length === 4 && resolve())
    client.connect().catch(() => {})
  })
  await reached(client, 'connected')
  expect(reasons).toEqual(['SHUTDOWN', 'DISCONNECTED', 'DISCONNECTED'])
  await client.close()
})

test('[CLI35] answers questions, and nothing arrives after close()', async () => {
  let asked: Promise<unknown> | undefined
  await using server = await startWireServer((socket) => {
    asked = socket.emitWithAck('confirm', { text: 'sure?' })
  })
  const client = createClient({ url: server.url })
  const ns = client.use(chat)
  const seen: unknown[] = []
  ns.on('notice', (notice) => seen.push(notice))
  ns.answer('confirm', ({ text }) => text === 'sure?')
  await client.connect()
  expect(await asked).toEqual({ ok: true, data: true })
  const left = new Promise<string>((resolve) =>
    server.chat.sockets.forEach((socket) => socket.once('disconnect', resolve)),
  )
  server.chat.emit('notice', { text: 'late' })
  await client.close()
  expect(await left).toBe('client namespace disconnect')
  expect(seen).toEqual([])
})
