import { expect, test } from 'vitest'
import { startClient, startConnected, turn } from './support/start-client.ts'

const refusal = (code: string, more: object = {}) => ({ code, message: 'no', ...more })

test('[CLI4] waits longer after each failure, and at least retryAfterMs', async () => {
  const { client, transport, clock } = startClient({ reconnect: { minDelayMs: 100 } })
  void client.connect()
  await turn()
  transport.namespace().events.refused(refusal('UNAVAILABLE', { retryAfterMs: 3_000 }), 'no')
  expect(client.state).toMatchObject({
    state: 'waiting',
    attempt: 2,
    retryInMs: 3_100,
    reason: { code: 'UNAVAILABLE' },
  })
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
  await expect(connected).rejects.toMatchObject({
    code: 'DISCONNECTED',
    message: expect.stringContaining('call connect()'),
  })
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
  expect(client.state).toMatchObject({
    state: 'waiting',
    reason: { code: 'UNAUTHENTICATED', message: expect.stringContaining('offline') },
  })
  clock.advance(500)
  await turn()
  clock.advance(20_000)
  await turn()
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
