import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { repositoryRoot } from '../run-command.ts'

const patient = { timeout: 30_000 }

/** `npm run cluster`, on a folder and a port of its own. */
function startCluster(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-cluster-'))
  // PostgreSQL runs as another user where this is root.
  chmodSync(folder, 0o711)
  // The build is that of a user, whatever runs this test.
  const { NODE_ENV: _, ...inherited } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/cluster.ts', ...args], {
    cwd: repositoryRoot,
    env: { ...inherited, PORT: '0', DATA_DIR: folder, ...env },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const exit = once(child, 'exit').then(([code]) => ({ code: code as number | null, ...output }))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exit
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })
  return { child, output, exit }
}

type Running = ReturnType<typeof startCluster>

/** The newest process of that name, as it was printed. */
function processOf({ output }: Running, name: string) {
  const [, pid, port, kill] =
    [...output.stdout.matchAll(new RegExp(`^  ${name} +process (\\d+) +port (\\d+) +kill -9 (\\d+)$`, 'gm'))].at(-1) ??
    []
  return { pid: Number(pid), port: Number(port), kill: Number(kill) }
}

async function addressOf({ output }: Running): Promise<string> {
  const found = () => /^Millrace is running on (http:\/\/localhost:\d+), on 2 nodes$/m.exec(output.stdout)?.[1]
  // It may have to build first.
  await expect.poll(found, { timeout: 50_000 }).toBeDefined()
  return found() ?? ''
}

/** One that ended but was not collected by its parent (state Z) is gone. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false // `ps` fails where there is none
  }
}

const names = ['redis', 'postgres', 'node-1', 'node-2', 'haproxy']

it('[DPL40, DPL41, DPL44, DPL42] runs two nodes behind HAProxy, starts a killed one again, and ends with all of them', async () => {
  const cluster = startCluster(['--nodes', '2'])
  const address = await addressOf(cluster)
  await expect.poll(async () => (await fetch(`${address}/readyz`)).status, patient).toBe(200)
  expect(await (await fetch(`${address}/chat/`)).text()).toContain('<title>Chat - Millrace</title>')
  expect(cluster.output.stdout).toMatch(/^node-2 \| Millrace is running on http:\/\/127\.0\.0\.1:\d+$/m)
  expect(address).toBe(`http://localhost:${processOf(cluster, 'haproxy').port}`)
  const before = names.map((name) => processOf(cluster, name))
  for (const { pid, kill } of before) expect([isAlive(pid), kill]).toEqual([true, pid])
  const killed = processOf(cluster, 'node-2')
  process.kill(killed.kill, 'SIGKILL')
  await expect.poll(() => processOf(cluster, 'node-2').pid, patient).not.toBe(killed.pid)
  const again = processOf(cluster, 'node-2')
  expect(again.port).toBe(killed.port)
  expect((await fetch(`http://127.0.0.1:${again.port}/healthz`)).status).toBe(200)
  const startedAt = performance.now()
  cluster.child.kill('SIGINT')
  cluster.child.kill('SIGTERM')
  const { code, stderr } = await cluster.exit
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  expect(names.filter((name) => isAlive(processOf(cluster, name).pid))).toEqual([])
})

it('[DPL42] leaves no process where it is killed', async () => {
  const cluster = startCluster(['--nodes', '2'])
  await addressOf(cluster)
  cluster.child.kill('SIGKILL')
  await expect.poll(() => names.filter((name) => isAlive(processOf(cluster, name).pid)), patient).toEqual([])
})

it('[DPL43] says in one sentence what is missing, taken or wrong', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const missing = { MILLRACE_HAPROXY: '/nowhere/haproxy' }
  const ends = await Promise.all([
    startCluster(['--nodes', '7']).exit,
    startCluster([], { PORT: String(port) }).exit,
    startCluster([], missing).exit,
  ])
  expect(ends.map(({ code }) => code)).toEqual([1, 1, 1])
  for (const { stderr } of ends) expect(stderr).toMatch(/^Millrace cannot run as a cluster: [^\n]+\n$/)
  expect(ends[0]?.stderr).toContain('--nodes is "7"; give a number from 1 to 6')
  expect(ends[1]?.stderr).toContain(`port ${port} is taken`)
  expect(ends[2]?.stderr).toContain('HAProxy is missing; install it, on Debian or Ubuntu with: apt-get install haproxy')
})
