import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@millrace/client'
import { launchChromium } from '@millrace/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { pulse } from '../pulse/contract.ts'
import { isAlive, startHome, type Home } from './start-home.ts'
import { visit, type Visitor } from './visit.ts'

/** Where `npm run pictures` wants pictures. */
const pictures = process.env.MILLRACE_PICTURES
/** The machine may be busy; nothing here is about how long it takes. */
const patient = { timeout: 20_000 }

let browser: Browser
let folder: string
let home: Home
let address: string

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-break-'))
  home = startHome({ DATA_DIR: folder })
  address = await home.address
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  home.process.kill('SIGTERM')
  await home.ended
  rmSync(folder, { recursive: true })
})

/** Somebody whom nothing is done to: what the server publishes, as it comes. */
async function watch(): Promise<readonly number[]> {
  const client = createClient({ url: address, auth: { guest: 'somebody-else-entirely' } })
  onTestFinished(() => client.close())
  const heard: number[] = []
  const room = client.use(pulse).room('pulse')
  room.on('tick', ({ n }) => heard.push(n))
  await room.join()
  return heard
}

interface Scene {
  readonly visitor: Visitor
  readonly heard: readonly number[]
  /** Asserts that the visitor has received all that the other one has, each once. */
  readonly isWhole: () => Promise<void>
}

async function arrive(): Promise<Scene> {
  const heard = await watch()
  const visitor = await visit(browser, address)
  await expect.poll(() => visitor.count('Received'), patient).toBeGreaterThan(10)
  const before = await visitor.edge()
  return {
    visitor,
    heard,
    isWhole: async () => {
      const published = heard.at(-1) ?? Infinity
      await expect.poll(async () => (await visitor.edge()).last, patient).toBeGreaterThanOrEqual(published)
      const after = await visitor.edge()
      expect(after.received - before.received).toBe(after.last - before.last)
      expect(await visitor.count('Lost')).toBe(0)
      expect(await visitor.count('Repeated')).toBe(0)
      expect(await visitor.count('Told of by a gap')).toBe(0)
      expect(visitor.complaints).toEqual([])
    },
  }
}

const all = ['Cut this browser off', 'Slow this client', 'Kill the server']

it('[HOM12, HOM15, HOM11] cut off for five seconds, it is told what happened and misses nothing', async () => {
  const { visitor, heard, isWhole } = await arrive()
  const connection = await visitor.idOf('connection')
  await visitor.button('Cut this browser off').click()
  await visitor.page.getByText('no connection', { exact: true }).waitFor()
  await expect.poll(() => visitor.status(), patient).toMatch(/^Cut off\./)
  for (const name of all.slice(1)) await expect.poll(() => visitor.button(name).isDisabled(), patient).toBe(true)
  const [received, published] = [await visitor.count('Received'), heard.length]
  await expect.poll(() => heard.length, patient).toBeGreaterThan(published + 20)
  expect(await visitor.count('Received')).toBe(received)
  await expect.poll(() => visitor.status(), patient).toMatch(/^Cut off for \d/)
  const [, seconds, waited] =
    /^Cut off for ([\d.]+) s: (\d+) events waited, and came in order\. Lost: none\. Repeated: none\.$/.exec(
      await visitor.status(),
    ) ?? []
  expect(Number(seconds)).toBeGreaterThanOrEqual(5)
  expect(Number(waited)).toBeGreaterThan(20)
  expect(await visitor.idOf('connection')).not.toBe(connection)
  await expect.poll(() => visitor.count('Reconnects')).toBe(1)
  await expect
    .poll(() => visitor.value('Last recovery'))
    .toMatch(new RegExp(`^${seconds} s away, ${waited} events caught up in `))
  for (const name of all) await expect.poll(() => visitor.button(name).isDisabled(), patient).toBe(false)
  await isWhole()
  const path = pictures && { path: join(pictures, 'break-it.png') }
  await visitor.page.locator('#break .panel').screenshot({ ...path })
})

it('[HOM13, HOM15] slowed down, it is late and misses nothing', async () => {
  const { visitor, heard, isWhole } = await arrive()
  const connection = await visitor.idOf('connection')
  await visitor.button('Slow this client').click()
  await expect.poll(() => visitor.status(), patient).toMatch(/^Slowed down\. /)
  // For a second's worth of events, and more, it does not read any.
  const isAsleep = async () => {
    const [received, published] = [await visitor.count('Received'), heard.length]
    await expect.poll(() => heard.length, patient).toBeGreaterThan(published + 20)
    return received === (await visitor.count('Received'))
  }
  await expect.poll(isAsleep, patient).toBe(true)
  await expect.poll(() => visitor.status(), patient).toMatch(/^Slowed down: events came up to /)
  const [, seconds] = /up to ([\d.]+) s late\. Lost: none\. Repeated: none\.$/.exec(await visitor.status()) ?? []
  expect(Number(seconds)).toBeGreaterThan(1)
  expect(await visitor.idOf('connection')).toBe(connection)
  expect(await visitor.count('Reconnects')).toBe(0)
  await isWhole()
})

it('[HOM14, HOM20, HOM15] the server killed, another process takes over and nothing is missing', async () => {
  const { visitor, isWhole } = await arrive()
  const before = Number(await visitor.idOf('server process'))
  expect(home.servers()).toEqual([before])
  await visitor.button('Kill the server').click()
  await expect.poll(() => visitor.status(), patient).toMatch(/^Killed\. /)
  await expect.poll(() => visitor.status(), patient).toMatch(/^Process \d+ died/)
  const [, died, after] =
    /^Process (\d+) died, process (\d+) took over: .* without a server\. Lost: none\. Repeated: none\.$/.exec(
      await visitor.status(),
    ) ?? []
  expect([Number(died), Number(after)]).toEqual([before, home.servers()[0]])
  expect(after).not.toBe(died)
  expect(isAlive(before)).toBe(false)
  expect(Number(await visitor.idOf('server process'))).toBe(Number(after))
  await expect.poll(() => visitor.count('Reconnects')).toBe(1)
  await isWhole()
})

it('[HOM14] where the server may not be killed, there is no button for it', async () => {
  const hardened = startHome({ DATA_DIR: join(folder, 'production'), NODE_ENV: 'production' })
  onTestFinished(async () => {
    hardened.process.kill('SIGINT')
    await hardened.ended
  })
  const { page, complaints } = await visit(browser, await hardened.address)
  await page.getByRole('button', { name: 'Slow this client' }).waitFor()
  await expect.poll(() => page.locator('#break').getByRole('button').allTextContents()).toEqual(all.slice(0, 2))
  expect(await page.getByText(/server process/).count()).toBe(0)
  expect(complaints).toEqual([])
})
