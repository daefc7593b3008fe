import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '@millrace/client'
import { defineContract, event, request, room } from '@millrace/contract'
import {
  createServer,
  implement,
  memory,
  type EventLog,
  type Server,
  type StoreProvider,
  type UserLike,
} from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { pulse } from '../pulse/contract.ts'
import { guestOf, withoutGuests } from '../pulse/guest.ts'
import { lendLog } from '../pulse/lend-log.ts'
import { readLastTick } from '../pulse/read-last-tick.ts'
import { createPulse, type PulseOptions } from '../pulse/server.ts'
import { Wires } from '../pulse/wires.ts'

const patient = { timeout: 5_000 }

const secrets = defineContract({
  namespace: '/secrets',
  requests: { tell: request({ input: z.object({}), output: z.object({ secret: z.string() }) }) },
  rooms: { vault: room({ events: { shout: event(z.object({}), { delivery: 'volatile', publish: 'members' }) } }) },
})
const entered: string[] = []

interface Running {
  readonly server: Server
  readonly url: string
  readonly errors: unknown[]
  readonly log: () => EventLog
  close(): Promise<void>
}

async function start(store: StoreProvider, options: Partial<PulseOptions<UserLike>> = {}): Promise<Running> {
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const { provider, log } = lendLog(store)
  const named = (auth: Readonly<Record<string, unknown>>) => ({ user: { id: String(auth.name) } })
  const server = createServer<UserLike>({
    store: provider,
    authenticate: (handshake) => guestOf(handshake) ?? named(handshake.auth),
    onError,
  })
  const wires = new Wires(server.io, pulse.namespace)
  server.mount(
    createPulse({
      server,
      log,
      people: () => 0,
      cut: (userId) => wires.cut(userId),
      kill: undefined,
      processId: 1,
      onError,
      ...options,
    }),
  )
  server.mount(
    withoutGuests(
      implement<typeof secrets, UserLike>(secrets, {
        onConnect: ({ user }) => void entered.push(user.id),
        requests: { tell: () => ({ secret: '42' }) },
        rooms: { vault: { authorize: () => true } },
      }),
    ),
  )
  const url = `http://localhost:${await server.listen(0)}`
  const close = () => server.close()
  onTestFinished(close)
  return { server, url, errors, log, close }
}

let keys = 0
function visit(
  url: string,
  auth: Readonly<Record<string, unknown>> = { guest: `guest-key-${keys++}`.padEnd(22, '0') },
) {
  const client = createClient({ url, auth, reconnect: { minDelayMs: 20, maxDelayMs: 100 } })
  onTestFinished(() => client.close())
  return client
}

/** Every `n` that the client receives, as it comes. */
async function listen(client: Client): Promise<number[]> {
  const heard: number[] = []
  const pulseRoom = client.use(pulse).room('pulse')
  pulseRoom.on('tick', ({ n }) => heard.push(n))
  await pulseRoom.join()
  return heard
}

function countFrom(first: number | undefined, length: number): number[] {
  return Array.from({ length }, (_, index) => (first ?? 0) + index)
}

it('[HOM1] ticks 1, 2, 3.. while somebody is there, and a little longer', async () => {
  const { url, server, log } = await start(memory(), { lingerMs: 1_000 })
  const client = visit(url)
  const heard = await listen(client)
  await expect.poll(() => heard.length, patient).toBeGreaterThan(5)
  expect(heard).toEqual(countFrom(heard[0], heard.length))
  await client.close()
  await expect.poll(() => server.connections(pulse).length, patient).toBe(0)
  const last = await readLastTick(log())
  await expect.poll(() => readLastTick(log()), patient).toBeGreaterThan(last)
  let before = 0
  const isSilent = async () => before === (before = await readLastTick(log()))
  await expect.poll(isSilent, { interval: 250, timeout: 5_000 }).toBe(true)
  const again = await listen(visit(url))
  await expect.poll(() => again[0], patient).toBeGreaterThan(before)
})

it('[HOM2] goes on after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-pulse-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'pulse.sqlite')
  const first = await start(sqlite({ file }))
  const heard = await listen(visit(first.url))
  await expect.poll(() => heard.length, patient).toBeGreaterThan(3)
  await first.close()
  const second = await start(sqlite({ file }))
  const client = visit(second.url)
  const again = await listen(client)
  await expect.poll(() => again.length, patient).toBeGreaterThan(0)
  const { events } = await client.use(pulse).room('pulse').history({ limit: 100 })
  const numbers = events.map(({ payload }) => payload.n)
  expect(numbers).toEqual(countFrom(1, numbers.length))
  expect(numbers).toEqual(expect.arrayContaining([heard.at(-1), again[0]]))
  expect(first.errors).toEqual([])
})

it.each([
  ['was stored', true],
  ['was not stored', false],
])('[HOM3] a tick whose outcome is unknown, and which %s, comes once', async (_name, isStored) => {
  const { url, errors } = await start(faulty(memory(), 10, isStored))
  const heard = await listen(visit(url))
  await expect.poll(() => heard.at(-1), patient).toBeGreaterThan(15)
  expect(heard).toEqual(countFrom(heard[0], heard.length))
  expect(errors).toEqual([new Error('the append failed')])
})

/** A store whose append number `at` fails, before or after it was done. */
function faulty(store: StoreProvider, at: number, isStored: boolean): StoreProvider {
  return {
    async open(context) {
      const opened = await store.open(context)
      let appends = 0
      const append: typeof opened.log.append = async (key, entry) => {
        appends += 1
        if (appends !== at) return opened.log.append(key, entry)
        if (isStored) await opened.log.append(key, entry)
        throw new Error('the append failed')
      }
      const log = new Proxy(opened.log, {
        get(target, name) {
          if (name === 'append') return append
          const member: unknown = Reflect.get(target, name)
          return typeof member === 'function' ? member.bind(target) : member
        },
      })
      return { ...opened, log, isReady: () => opened.isReady(), close: () => opened.close() }
    },
  }
}

it('[HOM4] a guest has the pulse and nothing else', async () => {
  const { url } = await start(memory())
  const guest = visit(url)
  await expect(guest.use(pulse).request('about', {})).resolves.toEqual({ process: null })
  await expect(guest.use(secrets).request('tell', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(guest.use(secrets).room('vault').join()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const ada = visit(url, { name: 'ada', guest: 'short' })
  await expect(ada.use(secrets).request('tell', {})).resolves.toEqual({ secret: '42' })
  expect(entered).toEqual(['ada'])
})

it.each(['websocket', 'polling'] as const)('[HOM5] cut ends the connection of who asks, over %s', async (transport) => {
  const { url } = await start(memory())
  const other = visit(url)
  const heard = await listen(other)
  const options = { url, auth: { guest: 'the-one-who-is-cut-off' }, transports: [transport] }
  const client = createClient({ ...options, reconnect: { minDelayMs: 20, maxDelayMs: 100 } })
  onTestFinished(() => client.close())
  const reasons: string[] = []
  client.onState((state) => state.state === 'waiting' && reasons.push(state.reason.code))
  await client.use(pulse).request('cut', {})
  await expect.poll(() => reasons, patient).toEqual(['DISCONNECTED'])
  await expect.poll(() => client.state.state, patient).toBe('connected')
  const count = heard.length
  await expect.poll(() => heard.length, patient).toBeGreaterThan(count + 3)
  expect(other.state.state).toBe('connected')
  expect(heard).toEqual(countFrom(heard[0], heard.length))
})

it('[HOM6, HOM7] kill runs after its answer, where it is allowed', async () => {
  let isKilled = false
  const allowed = await start(memory(), { kill: () => (isKilled = true), processId: 4711 })
  const client = visit(allowed.url)
  await expect(client.use(pulse).request('about', {})).resolves.toEqual({ process: 4711 })
  await client.use(pulse).request('kill', {})
  await expect.poll(() => isKilled, patient).toBe(true)
  const refused = await start(memory())
  await expect(visit(refused.url).use(pulse).request('kill', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

it('[HOM8] tells how many people are in the chat', async () => {
  let people = 2
  const { url } = await start(memory(), { people: () => people })
  const pulseRoom = visit(url).use(pulse).room('pulse')
  await pulseRoom.join()
  await expect.poll(() => pulseRoom.state('chat').get(''), patient).toEqual({ people: 2 })
  people = 5
  await expect.poll(() => pulseRoom.state('chat').get(''), { timeout: 2_000 }).toEqual({ people: 5 })
})
