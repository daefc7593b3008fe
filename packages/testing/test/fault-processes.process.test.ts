import { existsSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it, vi } from 'vitest'
import { freePort, startHaproxy, startProcess, startRedis } from '../src/faults/index.ts'

const parent = fileURLToPath(new URL('fixtures/parent.mjs', import.meta.url))
const pause = 'process.stdout.write("up\\n"); setInterval(() => undefined, 60000)'

it('[FLT1] what was started ends with who started it, and its children with it', async () => {
  const args = ['--import', 'tsx', '--conditions=@millrace/source', parent]
  await using starter = await startProcess({ command: process.execPath, args, isReady: (line) => /\d+ \d+/.test(line) })
  const pids = starter.readyLine.split(' ')
  for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(true)
  process.kill(starter.pid, 'SIGKILL') // that one only
  await vi.waitFor(() => expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 10_000)
})

it('[FLT2] freezes and thaws, and tells how it ended', async () => {
  await using server = await startRedis()
  server.freeze()
  const answer = server.runId()
  let isAnswered = false
  void answer.then(() => (isAnswered = true))
  await vi.waitFor(() => {
    expect(readFileSync(`/proc/${server.pid}/stat`, 'utf8')).toContain(') T ')
  })
  expect(isAnswered).toBe(false)
  server.thaw()
  expect(await answer).toMatch(/^\w{40}$/)
  const isReady = (line: string) => line === 'up'
  const killed = await startProcess({ command: process.execPath, args: ['-e', pause], isReady })
  expect(await killed.kill()).toEqual({ code: null, signal: 9 })
  const polite = `process.on('SIGTERM', () => process.exit(7)); ${pause}`
  const asked = await startProcess({ command: process.execPath, args: ['-e', polite], isReady })
  expect(await asked.term()).toEqual({ code: 7, signal: null })
  expect(asked.exit).toEqual({ code: 7, signal: null })
})

it('[FLT3] tells what a program wrote that ended before it was ready', async () => {
  const script = 'console.error("no such thing"); process.exit(1)'
  const started = startProcess({ command: process.execPath, args: ['-e', script], isReady: () => false })
  await expect(started).rejects.toThrow('no such thing')
})

it('[FLT4] Redis starts again with what was saved, or empty', async () => {
  await using server = await startRedis()
  const ask = (...commands: readonly string[]): Promise<string> => {
    const socket = connect(server.port, '127.0.0.1')
    socket.end([...commands, 'QUIT', ''].join('\r\n'))
    return text(socket)
  }
  const first = await server.runId()
  await ask('SET saved 1', 'SAVE', 'SET later 1')
  expect(await ask('EXISTS saved later')).toContain(':2')
  await server.kill()
  await expect(server.runId()).rejects.toThrow('ECONNREFUSED')
  await server.restart()
  expect(await server.runId()).not.toBe(first)
  expect(await ask('EXISTS saved', 'EXISTS later')).toMatch(/:1\r\n:0/)
  await server.restart({ isEmpty: true })
  expect(await ask('DBSIZE')).toContain(':0')
})

it('[FLT5] HAProxy reloads: another worker serves', async () => {
  const port = await freePort()
  const config = (answer: string) =>
    `defaults\n  mode http\n  timeout client 9s\n  timeout connect 9s\n  timeout server 9s\nfrontend web\n  bind 127.0.0.1:${port}\n  http-request return status 200 content-type text/plain string ${answer}\n`
  await using balancer = await startHaproxy(config('one'))
  const said = () =>
    new Promise<string>((resolve, reject) => {
      get(`http://127.0.0.1:${port}`, { agent: false }, (response) =>
        response.on('data', (data) => resolve(String(data))),
      ).on('error', reject)
    })
  expect(await said()).toBe('one')
  const worker = await balancer.workerPid()
  const { pid } = balancer
  await balancer.reload(config('two'))
  expect(await balancer.workerPid()).not.toBe(worker)
  expect(balancer.pid).toBe(pid)
  await vi.waitFor(async () => expect(await said()).toBe('two'))
  await balancer.kill()
  await expect(said()).rejects.toThrow('ECONNREFUSED')
  await balancer.restart()
  expect(await said()).toBe('two')
})
