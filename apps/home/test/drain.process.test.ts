import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@millrace/client'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { pulse } from '../pulse/contract.ts'
import { isAlive, startHome } from './start-home.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-drain-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const production = { NODE_ENV: 'production' }

async function startWithClient(env: Readonly<Record<string, string>>) {
  const home = startHome({ DATA_DIR: folder, ...env })
  onTestFinished(() => void home.process.kill('SIGKILL'))
  const url = await home.address
  const client = createClient({ url, auth: { guest: 'a'.repeat(22) }, reconnect: { maxAttempts: 0 } })
  onTestFinished(() => client.close())
  client.use(pulse)
  await client.connect()
  return { home, url, client, servers: home.servers() }
}

it('[DRN7, DRN1, P11] SIGTERM in production: not ready, serves on for 5 s, moves its clients, and ends with 0', async () => {
  const { home, url, client, servers } = await startWithClient(production)
  const startedAt = performance.now()
  home.process.kill('SIGTERM')
  await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(client.state.state).toBe('connected')
  const { code, stderr } = await home.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(performance.now() - startedAt).toBeGreaterThan(5_000)
  await expect.poll(() => client.state).toMatchObject({ reason: { code: 'SHUTDOWN' } })
  expect(servers.filter(isAlive)).toEqual([])
})

it.each([
  ['a second SIGTERM ends a drain at once', production, ['SIGTERM', 'SIGTERM']],
  ['SIGINT ends a drain at once', production, ['SIGTERM', 'SIGINT']],
  ['SIGINT does not drain', production, ['SIGINT']],
  ['SIGTERM where no other node is does not drain', {}, ['SIGTERM']],
] as [string, Readonly<Record<string, string>>, NodeJS.Signals[]][])('[DRN7, DRN6] %s', async (_what, env, signals) => {
  const { home, url, client } = await startWithClient(env)
  const startedAt = performance.now()
  for (const [index, signal] of signals.entries()) {
    home.process.kill(signal)
    if (index < signals.length - 1) await expect.poll(async () => (await fetch(`${url}/readyz`)).status).toBe(503)
  }
  const { code, stderr } = await home.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  await expect.poll(() => client.state).toMatchObject({ reason: { code: 'SHUTDOWN' } })
})
