import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@millrace/client'
import { memory } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { pulse } from '../pulse/contract.ts'
import { readLastTick } from '../pulse/read-last-tick.ts'
import { faulty } from './faulty-store.ts'
import { entered, listen, secrets, startPulse, visit } from './start-pulse.ts'

function countFrom(first: number | undefined, length: number): number[] {
  return Array.from({ length }, (_, index) => (first ?? 0) + index)
}

it('[HOM1] ticks 1, 2, 3.. while somebody is there, and a little longer', async () => {
  const { url, server, store } = await startPulse(memory(), { lingerMs: 1_000 })
  const client = visit(url)
  const heard = await listen(client)
  await expect.poll(() => heard.length).toBeGreaterThan(5)
  expect(heard).toEqual(countFrom(heard[0], heard.length))
  await client.close()
  await expect.poll(() => server.connections(pulse).length).toBe(0)
  const last = await readLastTick(store().log)
  await expect.poll(() => readLastTick(store().log)).toBeGreaterThan(last)
  let before = 0
  const isSilent = async () => before === (before = await readLastTick(store().log))
  await expect.poll(isSilent, { interval: 250 }).toBe(true)
  const again = await listen(visit(url))
  await expect.poll(() => again[0]).toBeGreaterThan(before)
})

it('[HOM2] goes on after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-pulse-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'pulse.sqlite')
  const first = await startPulse(sqlite({ file }))
  const heard = await listen(visit(first.url))
  await expect.poll(() => heard.length).toBeGreaterThan(3)
  await first.close()
  const second = await startPulse(sqlite({ file }))
  const client = visit(second.url)
  const again = await listen(client)
  await expect.poll(() => again.length).toBeGreaterThan(0)
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
  const { url, errors } = await startPulse(faulty(memory(), 10, isStored))
  const heard = await listen(visit(url))
  await expect.poll(() => heard.at(-1)).toBeGreaterThan(15)
  expect(heard).toEqual(countFrom(heard[0], heard.length))
  expect(errors).toEqual([new Error('the append failed')])
})

it('[HOM4] a guest has the pulse and nothing else', async () => {
  const { url } = await startPulse(memory())
  const guest = visit(url)
  await expect(guest.use(pulse).request('about', {})).resolves.toEqual({ process: null, node: null, canFreeze: false })
  await expect(guest.use(secrets).request('tell', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(guest.use(secrets).room('vault').join()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const ada = visit(url, { name: 'ada', guest: 'short' })
  await expect(ada.use(secrets).request('tell', {})).resolves.toEqual({ secret: '42' })
  expect(entered).toEqual(['ada'])
})

it.each(['websocket', 'polling'] as const)('[HOM5] cut ends the connection of who asks, over %s', async (transport) => {
  const { url } = await startPulse(memory())
  const other = visit(url)
  const heard = await listen(other)
  const options = { url, auth: { guest: 'the-one-who-is-cut-off' }, transports: [transport] }
  const client = createClient({ ...options, reconnect: { minDelayMs: 20, maxDelayMs: 100 } })
  onTestFinished(() => client.close())
  const reasons: string[] = []
  client.onState((state) => state.state === 'waiting' && reasons.push(state.reason.code))
  await client.use(pulse).request('cut', {})
  await expect.poll(() => reasons).toEqual(['DISCONNECTED'])
  await expect.poll(() => client.state.state).toBe('connected')
  const count = heard.length
  await expect.poll(() => heard.length).toBeGreaterThan(count + 3)
  expect(other.state.state).toBe('connected')
  expect(heard).toEqual(countFrom(heard[0], heard.length))
})

it('[HOM6, HOM7] kill runs after its answer, where it is allowed', async () => {
  let isKilled = false
  const allowed = await startPulse(memory(), { kill: () => (isKilled = true), processId: 4711 })
  const client = visit(allowed.url)
  await expect(client.use(pulse).request('about', {})).resolves.toMatchObject({ process: 4711 })
  await client.use(pulse).request('kill', {})
  await expect.poll(() => isKilled).toBe(true)
  const refused = await startPulse(memory())
  await expect(visit(refused.url).use(pulse).request('kill', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

it('[HOM29] freeze runs after its answer, where there is something to freeze', async () => {
  let isFrozen = false
  const allowed = await startPulse(memory(), { freeze: () => (isFrozen = true) })
  const client = visit(allowed.url)
  await expect(client.use(pulse).request('about', {})).resolves.toMatchObject({ canFreeze: true })
  await client.use(pulse).request('freeze', {})
  await expect.poll(() => isFrozen).toBe(true)
  const refused = await startPulse(memory())
  await expect(visit(refused.url).use(pulse).request('freeze', {})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

it('[HOM8] tells how many people are in the chat, each once', async () => {
  let people = ['ada', 'bob', 'ada']
  const { url } = await startPulse(memory(), { people: () => people })
  const pulseRoom = visit(url).use(pulse).room('pulse')
  await pulseRoom.join()
  await expect.poll(() => pulseRoom.state('chat').get('')).toEqual({ people: 2 })
  people = ['bob', 'cyd', 'dan']
  await expect.poll(() => pulseRoom.state('chat').get('')).toEqual({ people: 3 })
})
