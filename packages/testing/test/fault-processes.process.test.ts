import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { freePort, startHaproxy, startProcess, startRedis } from '../src/faults/index.ts'
import { callTcp, type Caller } from './support/call-tcp.ts'
import { eventually } from './support/eventually.ts'
import { startEcho, type Echo } from './support/start-echo.ts'

const parent = fileURLToPath(new URL('fixtures/parent.mjs', import.meta.url))
const pause = 'process.stdout.write("up\\n"); setInterval(() => undefined, 60000)'

/** `T`: it is stopped. */
const stateOf = (pid: number | string): string | undefined =>
  / \(.*\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]

it('[FLT1] what was started ends with who started it, and its children with it', async () => {
  const args = ['--import', 'tsx', '--conditions=@millrace/source', parent]
  await using starter = await startProcess({ command: process.execPath, args, isReady: (line) => /\d+ \d+/.test(line) })
  const pids = starter.readyLine.split(' ')
  for (const pid of pids) expect(existsSync(`/proc/${pid}`)).toBe(true)
  process.kill(starter.pid, 'SIGKILL') // that one only
  await eventually(() => expect(pids.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]))
})

it('[FLT2] freezes and thaws, and tells how it ended', async () => {
  await using server = await startRedis()
  server.freeze()
  const answer = server.runId()
  let isAnswered = false
  void answer.then(() => (isAnswered = true))
  await eventually(() => {
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

it('[FLT2] freezes and thaws what it started, too', async () => {
  const args = ['-c', 'sleep 600 & echo "$$ $!"; wait']
  await using parent = await startProcess({ command: 'sh', args, isReady: () => true })
  const pids = parent.readyLine.split(' ')
  expect(pids).toHaveLength(2)
  parent.freeze()
  await eventually(() => expect(pids.map(stateOf)).toEqual(['T', 'T']))
  parent.thaw()
  await eventually(() => expect(pids.map(stateOf)).toEqual(['S', 'S']))
})

it('[FLT3] tells what a program wrote that ended before it was ready', async () => {
  const script = 'console.error("no such thing"); process.exit(1)'
  const started = startProcess({ command: process.execPath, args: ['-e', script], isReady: () => false })
  await expect(started).rejects.toThrow('no such thing')
})

it('[FLT3] notices that a program ended at once, also where many start on a busy machine', async () => {
  const isReady = () => false
  const starts = Array.from({ length: 8 }, () => startProcess({ command: '/nowhere/program', isReady }))
  for (const start of await Promise.allSettled(starts)) {
    if (start.status === 'fulfilled') expect.fail('a program that is not there has started')
    expect(String(start.reason)).toContain('failed to execute /nowhere/program')
  }
})

it('[FLT3] ends a program that says nothing any more before it was ready', async () => {
  const script = 'echo almost; echo $$ >&2; exec >&-; sleep 600'
  const started = startProcess({ command: 'sh', args: ['-c', script], isReady: () => false })
  const error = await started.then(
    () => expect.fail('it was not ready'),
    (reason: unknown) => String(reason),
  )
  const [, pid] = /almost\n(\d+)/.exec(error) ?? []
  expect(existsSync(`/proc/${pid ?? 'self'}`)).toBe(false)
})

it('[FLT3] Redis tells what is wrong with its options', async () => {
  await expect(startRedis(['--no-such-option', '1'])).rejects.toThrow('Bad directive')
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

it('[FLT5] HAProxy reloads: another worker serves, and connections of the old one go on', async () => {
  await using one = await startEcho('one ')
  await using two = await startEcho('two ')
  const port = await freePort()
  const leadTo = (echo: Echo): string => `
    defaults
      mode tcp
      timeout client 20s
      timeout connect 20s
      timeout server 20s
    listen web
      bind 127.0.0.1:${port}
      server echo 127.0.0.1:${echo.port}
`
  await using balancer = await startHaproxy(leadTo(one))
  const say = async ({ socket, pieces }: Caller, word: string): Promise<string> => {
    socket.write(word)
    await eventually(() => expect(pieces.join('')).toContain(word))
    return pieces.splice(0).join('')
  }
  const old = await callTcp(port)
  expect(await say(old, 'hello')).toBe('one hello')
  const worker = await balancer.workerPid()
  const { pid } = balancer
  await balancer.reload(leadTo(two))
  expect(await balancer.workerPid()).not.toBe(worker)
  expect(balancer.pid).toBe(pid)
  // Until the old worker hears that it shall take no more, it may take one.
  await eventually(async () => expect(await say(await callTcp(port), 'hello')).toBe('two hello'))
  expect(await say(old, 'again')).toBe('one again')
  await balancer.kill()
  await eventually(() => expect(old.end()).toBeDefined())
  await balancer.restart()
  expect(await say(await callTcp(port), 'hello')).toBe('two hello')
})
