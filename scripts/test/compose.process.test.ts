import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@millrace/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pulse } from '../../apps/home/pulse/contract.ts'
import { build } from '../build.ts'
import { Child } from '../cluster/child.ts'
import { repositoryRoot } from '../run-command.ts'
import { readCompose, readDockerfile } from './compose-file.ts'
import { ComposeNetwork } from './compose-network.ts'
import { healthCheckOf, imagePath, programOf } from './compose-program.ts'

const patient = { timeout: 30_000, interval: 250 }
const services = readCompose({ SESSION_SECRET: 'a secret that all of the nodes have in common' })

let folder: string
let network: ComposeNetwork
const children = new Map<string, Child>()

function isHealthy(name: string): boolean {
  const service = services[name]
  if (service === undefined) throw new Error(`there is no service ${name}`)
  const [command = '', ...args] = healthCheckOf(service, network)
  const env = { PATH: imagePath(), PORT: String(network.portOf(name)) }
  return spawnSync(command, args, { env, stdio: 'ignore' }).status === 0
}

beforeAll(async () => {
  const { code, output } = await build()
  if (code !== 0) throw new Error(output)
  folder = mkdtempSync(join(tmpdir(), 'millrace-compose-'))
  // PostgreSQL runs as another user where this is root.
  chmodSync(folder, 0o711)
  network = await ComposeNetwork.of(Object.keys(services))
})

afterAll(async () => {
  for (const child of [...children.values()].toReversed()) {
    child.signal('SIGKILL')
    await child.exited
  }
  rmSync(folder, { recursive: true, force: true })
})

it('[DPL30, DPL31, DPL32] every service runs as its container would, and three nodes serve the demos', async () => {
  for (const [name, service] of Object.entries(services)) {
    for (const other of Object.keys(service.depends_on)) {
      await expect.poll(() => isHealthy(other), patient).toBe(true)
    }
    children.set(name, await Child.start(programOf(name, service, network, folder)))
  }
  const url = `http://127.0.0.1:${network.portOf('haproxy')}`
  await expect.poll(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status, patient).toBe(200)
  expect(await (await fetch(`${url}/chat/`)).text()).toContain('<title>Chat - Millrace</title>')
  const clients = [1, 2, 3].map((guest) => createClient({ url, auth: { guest: `guest-${guest}`.padEnd(22, '0') } }))
  const answers = await Promise.all(clients.map((client) => client.use(pulse).request('about', {})))
  await Promise.all(clients.map((client) => client.close()))
  expect(new Set(answers.map(({ node }) => node))).toEqual(new Set(['node-1', 'node-2', 'node-3']))
  // As in production.
  for (const answer of answers) expect(answer).toMatchObject({ process: null, canFreeze: false })
  expect(existsSync(join(folder, 'redis/appendonlydir'))).toBe(true)
  expect(services.redis?.command).toContain('--maxmemory-policy noeviction')
  for (const name of Object.keys(services)) {
    if (name !== 'haproxy') expect([name, isHealthy(name)]).toEqual([name, true])
  }
  // A check that cannot fail would be none.
  children.get('node2')?.signal('SIGKILL')
  await children.get('node2')?.exited
  expect(isHealthy('node2')).toBe(false)
})

it('[DPL31] nodes start after what they need', () => {
  for (const name of ['node1', 'node2', 'node3'])
    expect(Object.keys(services[name]?.depends_on ?? {})).toEqual(['redis', 'postgres'])
})

it('[DPL32] the image is a user’s, and small', () => {
  const { user, command, healthcheck, copies } = readDockerfile()
  expect(user).toBe('node')
  expect([command[0], healthcheck[0]]).toEqual(['node', 'node'])
  for (const path of copies) expect(existsSync(path.replace('/app', repositoryRoot))).toBe(true)
  const ignored = readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8').split('\n')
  expect(ignored).toEqual(expect.arrayContaining(['.git', '.data', '**/node_modules', '**/dist', '**/test', '.env*']))
  expect(readFileSync(join(repositoryRoot, 'deploy/Dockerfile'), 'utf8')).toMatch(/npm ci && .*npm prune --omit=dev/)
})

it('[DPL33] a missing secret is told before anything starts', () => {
  expect(() => readCompose({})).toThrow(
    'required variable SESSION_SECRET is missing a value: set it to at least 32 random characters, the same for all nodes',
  )
})
