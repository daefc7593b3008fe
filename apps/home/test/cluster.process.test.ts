import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { charts } from '@millrace/app-charts/contract'
import { createClient } from '@millrace/client'
import { expect, it, onTestFinished } from 'vitest'
import { RunningCluster } from './start-cluster.ts'
import { isAlive } from './start-home.ts'

const patient = { timeout: 30_000 }

function start(args: readonly string[], env?: Readonly<Record<string, string>>): RunningCluster {
  const cluster = new RunningCluster(args, env)
  onTestFinished(() => cluster[Symbol.asyncDispose]())
  return cluster
}

const names = ['redis', 'postgres', 'node-1', 'node-2', 'haproxy']

/** What the market says of itself, and what it told since the last look. */
async function watchMarket(url: string) {
  const client = createClient({ url, auth: { guest: 'g'.repeat(22) }, reconnect: { minDelayMs: 20, maxDelayMs: 200 } })
  onTestFinished(() => client.close())
  const market = client.use(charts).room('market')
  await market.join()
  await market.request('rate.set', { perSecond: 123 })
  const simulation = () => market.state('simulation').get('')
  await expect.poll(() => simulation()?.rate, patient).toBe(123)
  await expect.poll(() => simulation()?.isRunning, patient).toBe(true)
  return { client, simulation }
}

it('[DPL40, DPL41, DPL44, DPL42, CHT12] runs two nodes behind HAProxy, starts a killed one again, and ends with all of them', async () => {
  const cluster = start(['--nodes', '2'])
  const address = await cluster.address(2)
  await expect.poll(async () => (await fetch(`${address}/readyz`)).status, patient).toBe(200)
  expect(await (await fetch(`${address}/chat/`)).text()).toContain('<title>Chat - Millrace</title>')
  expect(cluster.stdout).toMatch(/^node-2 \| Millrace is running on http:\/\/127\.0\.0\.1:\d+$/m)
  expect(address).toBe(`http://localhost:${cluster.printed('haproxy').port}`)
  for (const { pid, kill } of names.map((name) => cluster.printed(name)))
    expect([isAlive(pid), kill]).toEqual([true, pid])
  const { client, simulation } = await watchMarket(address)
  const simulating = simulation()?.node ?? ''
  const killed = cluster.printed(simulating)
  process.kill(killed.kill, 'SIGKILL')
  const killedAt = Date.now()
  const again = await cluster.runsAgain(simulating, killed.pid)
  await expect.poll(() => simulation()?.isRunning && simulation()?.at, patient).toBeGreaterThan(killedAt)
  expect(simulation()).toMatchObject({ rate: 123 })
  await client.close()
  expect(again.port).toBe(killed.port)
  expect((await fetch(`http://127.0.0.1:${again.port}/healthz`)).status).toBe(200)
  const startedAt = performance.now()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) cluster.process.kill(signal)
  const { code, stderr } = await cluster.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  expect(names.filter((name) => isAlive(cluster.printed(name).pid))).toEqual([])
})

it('[DPL42] leaves no process where it is killed', async () => {
  const cluster = start(['--nodes', '2'])
  await cluster.address(2)
  cluster.process.kill('SIGKILL')
  await expect.poll(() => names.filter((name) => isAlive(cluster.printed(name).pid)), patient).toEqual([])
})

it('[DPL43] says in one sentence what is missing, taken or wrong', async () => {
  const other = createServer()
  await once(other.listen(0), 'listening')
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const ends = await Promise.all([
    start(['--nodes', '7']).ended,
    start([], { PORT: String(port) }).ended,
    start([], { MILLRACE_HAPROXY: '/nowhere/haproxy' }).ended,
  ])
  expect(ends.map(({ code }) => code)).toEqual([1, 1, 1])
  for (const { stderr } of ends) expect(stderr).toMatch(/^Millrace cannot run as a cluster: [^\n]+\n$/)
  expect(ends[0]?.stderr).toContain('--nodes is "7"; give a number from 1 to 6')
  expect(ends[1]?.stderr).toContain(`port ${port} is taken`)
  expect(ends[2]?.stderr).toContain('HAProxy is missing; install it, on Debian or Ubuntu with: apt-get install haproxy')
})
