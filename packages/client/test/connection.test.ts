import { expect, test } from 'vitest'
import { chat, admin } from './support/chat.ts'
import { startClient, startConnected, turn } from './support/start-client.ts'

const refusal = (code: string, more: object = {}) => ({ code, message: 'no', ...more })

test('[CLI1] nothing connects before it must', async () => {
  const { ns, transport } = startClient()
  ns.room('conversation', { conversationId: 'a' }).on('message', () => {})
  await turn()
  expect(transport.connections).toHaveLength(0)
  ns.on('notice', () => {})
  await turn()
  expect(transport.connections).toHaveLength(1)
})

test('[CLI1] connect() without a contract says what to do', async () => {
  const { assembleClient } = await import('@millrace/client')
  const { transport, clock } = startClient()
  const client = assembleClient({}, { transport, clock, random: { fraction: () => 0, id: () => 'x' } })
  await expect(client.connect()).rejects.toThrow('call use(contract) first')
})

test('[CLI2] tells each state with its own data', async () => {
  const { client, ns, transport, clock } = startClient()
  const states: unknown[] = []
  client.onState((state) => states.push(state))
  expect(client.state).toEqual({ state: 'idle' })
  ns.on('notice', () => {})
  await turn()
  transport.namespace().greet()
  transport.last.break('transport error')
  clock.advance(500)
  await client.close()
  const reason = { code: 'DISCONNECTED', message: 'transport error' }
  expect(states).toEqual([
    { state: 'connecting', attempt: 1 },
    { state: 'connected', node: 'n1', connection: 'c1' },
    { state: 'waiting', attempt: 2, retryInMs: 500, reason },
    { state: 'connecting', attempt: 2 },
    { state: 'closed' },
  ])
})

test('[CLI4] waits longer after each failure, and at least retryAfterMs', async () => {
  const { client, transport, clock } = startClient({ reconnect: { minDelayMs: 100 } })
  void client.connect()
  await turn()
  transport.namespace().events.refused(refusal('UNAVAILABLE', { retryAfterMs: 3_000 }), 'no')
  expect(client.state).toMatchObject({ state: 'waiting', attempt: 2, retryInMs: 3_100, reason: { code: 'UNAVAILABLE' } })
  clock.advance(3_099)
  expect(client.state.state).toBe('waiting')
  clock.advance(1)
  expect(client.state).toEqual({ state: 'connecting', attempt: 2 })
})

test('[CLI4] obeys the pause of a close reason', async () => {
  const { client, server, transport, clock } = await startConnected()
  clock.advance(5_000)
  server.send('~close', { code: 'SHUTDOWN', reconnect: 'backoff', retryAfterMs: 1_200 })
  transport.last.break()
  expect(client.state).toMatchObject({ state: 'waiting', attempt: 1, retryInMs: 1_700, reason: { code: 'SHUTDOWN' } })
})

test('[CLI5] gives up when told never to come back', async () => {
  const { client, server, transport } = await startConnected()
  server.send('~close', { code: 'KICKED', reconnect: 'never' })
  transport.last.break()
  expect(client.state).toMatchObject({ state: 'gave-up', reason: { code: 'KICKED' } })
})

test('[CLI5] gives up after maxAttempts, and begins again only by connect()', async () => {
  const { client, ns, transport, clock } = startClient({ reconnect: { maxAttempts: 2 } })
  const connected = client.connect()
  await turn()
  transport.last.break()
  clock.advance(500)
  await turn()
  transport.last.break()
  await expect(connected).rejects.toMatchObject({ code: 'DISCONNECTED', message: expect.stringContaining('call connect()') })
  expect(client.state.state).toBe('gave-up')
  await expect(ns.request('conversation.create', { title: 'x' })).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(clock.timers).toBe(0)
  void client.connect()
  expect(client.state).toEqual({ state: 'connecting', attempt: 1 })
})

test('[CLI5] never reconnects with maxAttempts 0', async () => {
  const { client, transport, clock } = await startConnected({ reconnect: { maxAttempts: 0 } })
  clock.advance(5_000)
  transport.last.break()
  expect(client.state.state).toBe('gave-up')
})

test('[CLI5] a fault of the server is no reason to give up', async () => {
  const { client, transport } = startClient()
  void client.connect()
  await turn()
  transport.namespace().events.refused(refusal('INTERNAL'), 'no')
  expect(client.state).toMatchObject({ state: 'waiting', reason: { code: 'INTERNAL' } })
})

test('[CLI6] calls auth again at once where credentials are refused, once', async () => {
  let calls = 0
  const { client, transport, clock } = startClient({ auth: async () => `token${++calls}` })
  const connected = client.connect()
  await turn()
  expect(transport.namespace().auth).toMatchObject({ token: 'token1' })
  transport.namespace().events.refused(refusal('UNAUTHENTICATED'), 'no')
  clock.advance(0)
  await turn()
  expect(transport.namespace().auth).toMatchObject({ token: 'token2' })
  transport.namespace().events.refused(refusal('UNAUTHENTICATED'), 'no')
  expect(client.state).toMatchObject({ state: 'gave-up', reason: { code: 'UNAUTHENTICATED' } })
  await expect(connected).rejects.toMatchObject({ code: 'DISCONNECTED' })
})

test('[CLI6] renews after the server ended the session, and again once a connection has held', async () => {
  let calls = 0
  const { client, transport, clock } = await startConnected({ auth: () => ({ call: ++calls }) })
  for (const call of [2, 3]) {
    clock.advance(1_000)
    transport.namespace().send('~close', { code: 'REVOKED', reconnect: 'after-auth' })
    transport.last.break()
    clock.advance(0)
    await turn()
    expect(transport.namespace().auth).toMatchObject({ call })
    transport.namespace().greet()
    expect(client.state.state).toBe('connected')
  }
  transport.namespace().send('~close', { code: 'REVOKED', reconnect: 'after-auth' })
  transport.last.break()
  expect(client.state).toMatchObject({ state: 'gave-up' })
})

test('[CLI7] reports an auth that fails or hangs, and calls it again', async () => {
  const results = [() => Promise.reject(new Error('offline')), () => new Promise<string>(() => {}), () => 'token']
  const { client, transport, clock, errors } = startClient({ auth: () => results.shift()?.() ?? '' })
  void client.connect()
  await turn()
  expect(client.state).toMatchObject({ state: 'waiting', reason: { code: 'UNAUTHENTICATED', message: expect.stringContaining('offline') } })
  clock.advance(500)
  await turn()
  clock.advance(20_000)
  expect(client.state).toMatchObject({ state: 'waiting', attempt: 3 })
  clock.advance(500)
  await turn()
  expect(transport.namespace().auth).toMatchObject({ token: 'token' })
  expect(errors.map(({ message }) => message)).toEqual(['offline', 'no answer in time'])
})

test('[CLI8] tries polling at once, in the same attempt, where WebSocket gets no answer', async () => {
  const { client, transport, clock } = startClient({ connectTimeoutMs: 5_000 })
  void client.connect()
  await turn()
  expect(transport.last.options.first).toBe('websocket')
  clock.advance(5_000)
  expect(transport.connections[0]?.isClosed).toBe(true)
  expect(transport.last.options.first).toBe('polling')
  expect(client.state).toEqual({ state: 'connecting', attempt: 1 })
  clock.advance(20_000)
  expect(client.state).toMatchObject({ state: 'waiting', attempt: 2 })
  clock.advance(500)
  await turn()
  expect(transport.last.options.first).toBe('websocket')
})

test('[CLI8] stays with polling once it got through', async () => {
  const { client, transport, clock } = startClient()
  void client.connect()
  await turn()
  clock.advance(5_000)
  transport.namespace().greet()
  clock.advance(60_000)
  transport.last.break()
  clock.advance(500)
  await turn()
  expect(transport.last.options.first).toBe('polling')
})

test('[CLI9] a wake ends the waiting', async () => {
  const test = await startConnected()
  test.transport.last.break()
  expect(test.client.state.state).toBe('waiting')
  test.woke()
  expect(test.client.state.state).toBe('connecting')
})

test('[CLI9] a wake checks an open connection, and replaces one that does not answer in 3 s', async () => {
  const test = await startConnected()
  test.clock.advance(60_000)
  test.woke()
  test.server.take('~ping').ack({ ok: true })
  test.clock.advance(3_000)
  expect(test.client.state.state).toBe('connected')
  test.woke()
  test.clock.advance(3_000)
  expect(test.transport.connections[0]?.isClosed).toBe(true)
  expect(test.client.state).toMatchObject({ state: 'connecting', attempt: 1 })
})

test('[CLI10] contracts share one connection and its credentials', async () => {
  let calls = 0
  const { client, transport } = await startConnected({ auth: () => ({ call: ++calls }) })
  const stopped = client.use(admin).request('stop', {})
  await turn()
  expect(transport.connections).toHaveLength(1)
  expect(transport.namespace('/admin').auth).toMatchObject({ call: 1 })
  transport.namespace('/admin').greet()
  transport.namespace('/admin').take('stop').ack({ ok: true, data: null })
  await expect(stopped).resolves.toBeNull()
})

test('[CLI10] a namespace that is refused for good leaves the others alone', async () => {
  const { client, transport, errors } = await startConnected()
  const stopped = client.use(admin).request('stop', {})
  await turn()
  transport.namespace('/admin').events.refused(refusal('FORBIDDEN'), 'not for you')
  await expect(stopped).rejects.toMatchObject({ code: 'DISCONNECTED', message: expect.stringContaining('not for you') })
  await expect(client.use(admin).request('stop', {})).rejects.toThrow('not for you')
  expect(client.state.state).toBe('connected')
  expect(errors).toMatchObject([{ code: 'FORBIDDEN' }])
})

test('[CLI10] a namespace that no node serves yet is tried again', async () => {
  const { client, transport } = startClient()
  void client.connect()
  await turn()
  transport.namespace().events.refused(undefined, 'Invalid namespace')
  expect(client.state).toMatchObject({ state: 'waiting', reason: { code: 'UNAVAILABLE', message: expect.stringContaining('/chat') } })
})

test('[CLI11] one object for one contract, and one contract for one namespace', () => {
  const { client, ns } = startClient()
  expect(client.use(chat)).toBe(ns)
  expect(() => client.use({ namespace: '/chat' })).toThrow('rename one')
})

test('[CLI12] a connection that ends within a second was no success', async () => {
  const { client, transport, clock } = await startConnected({ reconnect: { maxAttempts: 2 } })
  clock.advance(999)
  transport.last.break()
  expect(client.state).toMatchObject({ state: 'waiting', attempt: 2 })
  clock.advance(500)
  await turn()
  transport.namespace().greet()
  transport.last.break()
  expect(client.state).toMatchObject({ state: 'gave-up' })
})

test('[CLI13] the handshake names protocol, client and contract, the same on every attempt', async () => {
  const { transport, clock } = await startConnected({ auth: { token: 't', millrace: 7 } })
  const first = transport.namespace().auth
  expect(first).toEqual({ token: 't', millrace: 1, client: 'id1', fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) })
  transport.last.break()
  clock.advance(10_000)
  await turn()
  expect(transport.namespace().auth).toEqual(first)
})

test('[CLI14] hands renewed credentials over on the open connection', async () => {
  let calls = 0
  const { client, server } = await startConnected({ auth: () => ({ call: ++calls }) })
  const renewed = client.renewAuth()
  await turn()
  const sent = server.take('~auth')
  expect(sent.argument).toEqual({ auth: { call: 2 } })
  sent.ack({ ok: true })
  await renewed
  const refused = client.renewAuth()
  await turn()
  server.take('~auth').ack({ ok: false, error: refusal('FORBIDDEN') })
  await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('[CLI15] close() ends everything, at once and once', async () => {
  const { client, ns, transport, clock } = await startConnected()
  const states: string[] = []
  client.onState(({ state }) => states.push(state))
  await client.close()
  await client.close()
  expect(states).toEqual(['closed'])
  expect(transport.last.isClosed).toBe(true)
  expect(clock.timers).toBe(0)
  await expect(client.connect()).rejects.toThrow('create another one')
  await expect(ns.request('conversation.create', { title: 'x' })).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(transport.connections).toHaveLength(1)
})

test('[CLI15] close() while waiting or connecting leaves no timer', async () => {
  const { client, transport, clock } = startClient()
  const connected = client.connect()
  await turn()
  transport.last.break()
  await client.close()
  await expect(connected).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(clock.timers).toBe(0)
  const other = startClient()
  other.ns.on('notice', () => {})
  await other.client.close()
  await turn()
  expect(other.clock.timers).toBe(0)
  expect(other.transport.connections).toHaveLength(0)
})
