import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { isAlive, startHome } from './start-home.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-home-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function start(env: Readonly<Record<string, string>> = {}, program?: string[]) {
  const home = startHome({ DATA_DIR: folder, ...env }, program)
  onTestFinished(() => void home.process.kill('SIGKILL'))
  return home
}

it('[APP1] serves the pages and says that it lives', async () => {
  const home = start()
  const address = await home.address
  const paths = ['/', '/chat/', '/charts/', '/arena/', '/collab/', '/healthz', '/readyz']
  const answers = await Promise.all(paths.map((path) => fetch(address + path)))
  expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200))
  expect(await answers[0]?.text()).toContain('<title>Millrace</title>')
  expect(await answers[1]?.text()).toContain('<title>Chat - Millrace</title>')
  expect(await answers[2]?.text()).toContain('<title>Charts - Millrace</title>')
  expect(await answers[3]?.text()).toContain('<title>Arena - Millrace</title>')
  expect(await answers[4]?.text()).toContain('<title>Documents - Millrace</title>')
  expect(address).toMatch(/^http:\/\/localhost:\d+$/)
})

it.each([[['SIGINT']], [['SIGTERM']], [['SIGINT', 'SIGINT', 'SIGTERM']]] as [NodeJS.Signals[]][])(
  '[APP2] ends with 0 within 5 s after %o, and leaves no process',
  async (signals) => {
    const home = start()
    await home.address
    // What it starts before, to build, is gone by now.
    const servers = home.servers()
    expect(servers).toHaveLength(1)
    const startedAt = performance.now()
    for (const signal of signals) home.process.kill(signal)
    const { code, stderr } = await home.ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(servers.filter(isAlive)).toEqual([])
  },
)

it('[APP3] says in one sentence that the port is taken', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const { code, stderr } = await start({ PORT: String(port) }).ended
  expect(stderr).toBe(`Millrace cannot start: port ${port} is taken; stop what listens there or choose another port\n`)
  expect(code).toBe(1)
})

it.each(['millrace.sqlite', 'chat.sqlite'])(
  '[APP4] says in one sentence that %s is no database, and leaves it',
  async (name) => {
    const file = join(folder, name)
    const bytes = Buffer.from('this is no database, but somebody may want it '.repeat(200))
    writeFileSync(file, bytes)
    const { code, stderr } = await start().ended
    expect(stderr).toMatch(/^Millrace cannot start: [^\n]+\n$/)
    expect(stderr).toContain(file)
    expect(code).toBe(1)
    expect(readFileSync(file)).toEqual(bytes)
  },
)

it('[APP4] says in one sentence that another process has the database', async () => {
  const first = start()
  const address = await first.address
  const { code, stderr } = await start().ended
  expect(stderr).toMatch(/^Millrace cannot start: [^\n]+\n$/)
  expect(stderr).toContain(join(folder, 'millrace.sqlite'))
  expect(code).toBe(1)
  expect((await fetch(`${address}/readyz`)).status).toBe(200)
})

it('[APP5] says in one sentence which setting is wrong', async () => {
  expect(await start({ PORT: 'web' }).ended).toMatchObject({
    code: 1,
    stderr: 'Millrace cannot start: PORT is "web"; set it to a whole number from 0 to 65535\n',
  })
})

it('[APP5] says in one sentence that the data folder cannot be made', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const { code, stderr } = await start({ DATA_DIR: join(file, 'data') }).ended
  expect(stderr).toMatch(/^Millrace cannot start: [^\n]+ DATA_DIR [^\n]+\n$/)
  expect(code).toBe(1)
})

it('[APP6] an unhandled rejection is one line of JSON, and the process serves on', async () => {
  const home = start({}, ['apps/home/test/fixtures/reject.mjs'])
  const line = await new Promise<string>((resolve) =>
    home.process.stderr?.once('data', (text) => resolve(String(text))),
  )
  expect(JSON.parse(line)).toMatchObject({ level: 'error', message: 'nobody waits for this' })
  expect((await fetch(`${await home.address}/readyz`)).status).toBe(200)
})
