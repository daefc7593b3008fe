import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { isAlive, startHome, type Home } from './start-home.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-restart-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

async function start(
  env: Readonly<Record<string, string>> = {},
): Promise<{ home: Home; address: string; pid: number }> {
  const home = startHome({ DATA_DIR: folder, ...env })
  onTestFinished(async () => {
    home.process.kill('SIGTERM')
    await home.ended
  })
  const address = await home.address
  const [pid = 0] = home.servers()
  return { home, address, pid }
}

/** Waits for another server than the given one: the n-th, which serves, and has said so, as it does a moment later. */
async function successor(home: Home, address: string, before: number, n: number): Promise<number> {
  await expect
    .poll(
      () =>
        fetch(`${address}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200)
  await expect
    .poll(() => home.printed().match(/^Millrace is running on .*$/gm))
    .toEqual(Array.from({ length: n }, () => `Millrace is running on ${address}`))
  const servers = home.servers()
  expect(servers).toHaveLength(1)
  expect(servers).not.toContain(before)
  return servers[0] ?? 0
}

it('[HOM20] a server that was killed starts again on the same port', async () => {
  const { home, address, pid } = await start()
  process.kill(pid, 'SIGKILL')
  const second = await successor(home, address, pid, 2)
  process.kill(second, 'SIGKILL')
  await successor(home, address, second, 3)
  home.process.kill('SIGINT')
  const { code, stderr } = await home.ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

it('[HOM21] in production its death is the end, and shows', async () => {
  const { home, pid } = await start({ NODE_ENV: 'production' })
  process.kill(pid, 'SIGKILL')
  expect(await home.ended).toMatchObject({ code: 137, stderr: 'The server was ended by SIGKILL.\n' })
})

it('[HOM23] ends with what started it, also where that was killed', async () => {
  const { home, pid } = await start()
  home.process.kill('SIGKILL')
  await expect.poll(() => isAlive(pid)).toBe(false)
})
