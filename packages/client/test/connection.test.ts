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
  expect(client.state).toMatchObject({
    state: 'waiting',
    reason: { code: 'UNAVAILABLE', message: expect.stringContaining('/chat') },
  })
})

test('[CLI11] one object for one contract, and one contract for one namespace', () => {
  const { client, ns } = startClient()
  expect(client.use(chat)).toBe(ns)
  expect(() => client.use({ namespace: '/chat' })).toThrow('rename one')
})

test('[CLI13] the handshake names protocol and client, the same on every attempt', async () => {
  const { transport, clock } = await startConnected({ auth: { token: 't', millrace: 7 } })
  const first = transport.namespace().auth
  expect(first).toEqual({ token: 't', millrace: 1, client: 'id1' })
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
