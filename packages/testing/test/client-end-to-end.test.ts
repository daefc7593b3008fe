import { bytes, defineContract, event, request, room, type Position } from '@millrace/contract'
import type { Client, ClientState } from '@millrace/client'
import { implement } from '@millrace/server'
import { startTestServer, type TestUser } from '@millrace/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'

const Text = z.object({ text: z.string() })

const club = defineContract({
  namespace: '/club',
  requests: {
    time: request({ input: z.object({}), output: z.string().transform((text) => new Date(text)) }),
    consent: request({ input: Text, output: z.boolean() }),
  },
  questions: { confirm: request({ input: Text, output: z.boolean(), version: 2 }) },
  events: { notice: event(Text) },
  rooms: {
    table: room({
      params: z.object({ id: z.string() }),
      presence: { user: z.object({ name: z.string() }), state: z.object({ status: z.enum(['active', 'away']) }) },
      snapshot: z.array(Text),
      events: {
        said: event(Text, { publish: 'members' }),
        renamed: event(Text, { version: 3 }),
        file: event(bytes(), { publish: 'members' }),
        score: event(z.object({ player: z.string(), points: z.number() }), {
          delivery: 'latest',
          key: 'player',
          publish: 'members',
        }),
        typing: event(Text, { delivery: 'volatile', publish: 'members' }),
      },
      requests: { say: request({ input: Text, output: Text, errors: { TOO_LONG: z.object({ most: z.number() }) } }) },
      history: { maxEvents: 5 },
    }),
  },
})

async function start() {
  const said: { text: string }[] = []
  const app = implement<typeof club, TestUser>(club, {
    requests: {
      time: () => '2026-01-01T00:00:00.000Z',
      consent: ({ input, connection }) => connection.ask('confirm', input),
    },
    rooms: {
      table: {
        authorize: ({ user, params }) => params.id !== 'private' || user.id === 'ada',
        snapshot: () => [...said],
        requests: {
          say: async (context) => {
            const { input, room: table } = context
            if (input.text.length > 10) context.fail('TOO_LONG', { most: 10 })
            said.push(input)
            await table.publish('said', input)
            return input
          },
        },
      },
    },
  })
  const test = await startTestServer<TestUser>({ implementations: [app] })
  const join = async (user: string, status: 'active' | 'away' = 'active') => {
    const client = test.client({ auth: { user }, reconnect: { minDelayMs: 1, maxDelayMs: 20 } })
    const table = client.use(club).room('table', { id: 'a' })
    const texts: string[] = []
    table.on('said', ({ text }) => texts.push(text))
    const { snapshot } = await table.join({ presence: { status } })
    return { client, ns: client.use(club), table, texts, snapshot }
  }
  return Object.assign(test, { join, table: test.server.room(club, 'table', { id: 'a' }) })
}

/** Resolves once `is` holds, asked again whenever `on` tells. */
function until(on: (look: () => void) => unknown, is: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => is() && resolve()
    on(look)
    look()
  })
}

function reached(client: Client, state: ClientState['state']): Promise<void> {
  return until(
    (look) => client.onState(look),
    () => client.state.state === state,
  )
}

test('[CLI19, P1] two clients talk, and both see everything in one order', async () => {
  await using server = await start()
  const [ada, bob] = [await server.join('ada'), await server.join('bob')]
  expect(await ada.ns.request('time', {})).toEqual(new Date('2026-01-01T00:00:00.000Z'))
  const texts = Array.from({ length: 40 }, (_, index) => `${index}`)
  await Promise.all(texts.map((text, index) => (index % 2 ? ada : bob).table.request('say', { text })))
  await Promise.all(
    [ada, bob].map(({ table, texts: seen }) =>
      until(
        (look) => table.on('said', look),
        () => seen.length === 40,
      ),
    ),
  )
  expect(ada.texts).toEqual(bob.texts)
  expect(ada.texts.filter((text) => Number(text) % 2)).toEqual(texts.filter((text) => Number(text) % 2))
  const late = await server.join('cyd')
  expect(late.snapshot).toHaveLength(40)
  const refused = await ada.table.tryRequest('say', { text: 'much too long' })
  expect(refused).toMatchObject({ ok: false, error: { code: 'TOO_LONG', data: { most: 10 } } })
  await expect(bob.ns.room('table', { id: 'private' }).join({ presence: { status: 'away' } })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  expect([ada, bob, late].map(({ client }) => client.protocolErrors)).toEqual([0, 0, 0])
})

test('[CLI19, OUT6, OUT9] what is said while the connection is broken arrives once, in order', async () => {
  await using server = await start()
  const [ada, bob] = [await server.join('ada'), await server.join('bob')]
  const gaps: unknown[] = []
  ada.table.on('gap', (gap) => gaps.push(gap))
  await ada.table.publish('said', { text: 'first' })
  for (let round = 0; round < 5; round++) {
    const waiting = reached(ada.client, 'waiting')
    for (const socket of await server.server.io.of('/club').fetchSockets())
      if (socket.handshake.auth.user === 'ada') socket.disconnect(true)
    await waiting
    const published = [
      ada.table.publish('said', { text: `ada ${round}` }),
      bob.table.publish('said', { text: `bob ${round}` }),
    ]
    await Promise.all(published)
  }
  for (const { table, texts } of [ada, bob])
    await until(
      (look) => table.on('said', look),
      () => texts.length === 11,
    )
  expect(ada.texts).toEqual(bob.texts)
  expect(new Set(ada.texts).size).toBe(11)
  expect(gaps).toEqual([])
  expect(ada.client.protocolErrors).toBe(0)
})

test('[CLI36] pages back through what the room keeps, and forward again', async () => {
  await using server = await start()
  const ada = await server.join('ada')
  for (let index = 1; index <= 9; index++) await server.table.publish('said', { text: `${index}` })
  const read: string[] = []
  let before: Position | undefined
  for (let more = true; more;) {
    const page = await ada.table.history({ limit: 2, ...(before ? { before } : {}) })
    read.unshift(...page.events.flatMap((event) => (event.name === 'said' ? [event.payload.text] : [])))
    before = page.from
    more = page.more
  }
  expect(read.at(-1)).toBe('9')
  expect(read).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'].slice(-read.length))
  const forward = await ada.table.history({ after: 'start', limit: 500 })
  expect(forward.events.map(({ position }) => position.offset)).toEqual(read.map(Number))
})

test('[CLI26, CLI27, CLI28, CLI33] state, presence, bytes and volatile events', async () => {
  await using server = await start()
  const ada = await server.join('ada')
  const bob = await server.join('bob', 'away')
  await until(
    (look) => ada.table.presence.on(look),
    () => ada.table.presence.count === 2,
  )
  const statuses = bob.table.presence.members().map(({ user, metas }) => [user.name, metas[0]?.state.status] as const)
  expect(new Map(statuses)).toEqual(
    new Map([
      ['ada', 'active'],
      ['bob', 'away'],
    ]),
  )
  await bob.table.presence.set({ status: 'active' })
  const isActive = () => ada.table.presence.members().every(({ metas }) => metas[0]?.state.status === 'active')
  await until((look) => ada.table.presence.on(look), isActive)

  await ada.table.publish('score', { player: 'ada', points: 1 })
  await ada.table.publish('score', { player: 'ada', points: 2 })
  await until(
    (look) => bob.table.on('score', look),
    () => bob.table.state('score').get('ada')?.points === 2,
  )
  await server.table.remove('score', 'ada')
  await until(
    (look) => bob.table.on('removed', look),
    () => bob.table.state('score').size === 0,
  )

  const heard = new Promise((resolve) => bob.table.on('file', (file, { from }) => resolve([from, [...file]])))
  await ada.table.publish('file', new Uint8Array([0, 255]))
  expect(await heard).toEqual(['ada', [0, 255]])
  const renamed = new Promise((resolve) => bob.table.on('renamed', resolve))
  await server.table.publish('renamed', { text: 'new' })
  expect(await renamed).toEqual({ text: 'new' })
  const typed = new Promise((resolve) => bob.table.on('typing', resolve))
  ada.table.publish('typing', { text: 'h' })
  expect(await typed).toEqual({ text: 'h' })

  await bob.table.leave()
  await until(
    (look) => ada.table.presence.on(look),
    () => ada.table.presence.count === 1,
  )
})

test('[CLI29, CLI34, CLI35] kicks, namespace events and questions', async () => {
  await using server = await start()
  const ada = await server.join('ada')
  ada.ns.answer('confirm', ({ text }) => text === 'sure?')
  expect(await ada.ns.request('consent', { text: 'sure?' })).toBe(true)
  const noticed = new Promise((resolve) => ada.ns.on('notice', resolve))
  await server.server.user(club, 'ada').emit('notice', { text: 'hello' })
  expect(await noticed).toEqual({ text: 'hello' })
  const kicked = new Promise<string>((resolve) => ada.table.on('kicked', ({ code }) => resolve(code)))
  server.table.kick({ userId: 'ada' })
  expect(await kicked).toBe('FORBIDDEN')
  await expect(ada.table.request('say', { text: 'x' })).rejects.toMatchObject({ code: 'DISCONNECTED' })
})

test('[CLI6, CLI15] credentials that the server refuses end the attempts, and close() ends everything', async () => {
  await using server = await start()
  let calls = 0
  const client = server.client({
    auth: () => {
      calls += 1
      return { user: undefined }
    },
  })
  client.use(club)
  await expect(client.connect()).rejects.toMatchObject({ code: 'DISCONNECTED' })
  expect(client.state).toMatchObject({ state: 'gave-up', reason: { code: 'UNAUTHENTICATED' } })
  expect(calls).toBe(2)
  const ada = await server.join('ada')
  const pending = ada.ns.request('consent', { text: 'never answered' })
  await ada.client.close()
  await expect(pending).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
})
