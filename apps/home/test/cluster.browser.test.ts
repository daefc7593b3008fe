import { join } from 'node:path'
import { launchChromium } from '@millrace/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { RunningCluster } from './start-cluster.ts'
import { isAlive } from './start-home.ts'
import { Talker } from './talker.ts'
import { visit } from './visit.ts'

/** Where `npm run pictures` wants pictures. */
const pictures = process.env.MILLRACE_PICTURES
/** The machine may be busy; nothing here is about how long it takes. */
const patient = { timeout: 30_000 }
const names = ['node-1', 'node-2']

let browser: Browser
let cluster: RunningCluster
let address: string

beforeAll(async () => {
  cluster = new RunningCluster(['--nodes', '2'])
  browser = await launchChromium()
  address = await cluster.address(2)
})
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
afterAll(async () => {
  await browser?.close()
  await cluster[Symbol.asyncDispose]()
})

it('[APP48, HOM27] two people talk while each node is killed under them: nothing lost, nothing twice, no error', async () => {
  const [ada, bob] = [await Talker.enter(browser, address, 'Ada'), await Talker.enter(browser, address, 'Bob')]
  const visitor = await visit(browser, address)
  await visitor.page.getByText('2 people are there now').waitFor()
  const said: string[] = []
  let count = 0
  const talk = async () => {
    for (const talker of [ada, bob]) {
      count += 1
      said.push(`${talker.name} says ${count}.`)
      await talker.say(`${talker.name} says ${count}.`)
    }
  }
  await talk()
  for (const name of names) {
    const { kill } = cluster.printed(name)
    process.kill(kill, 'SIGKILL')
    await talk()
    for (const talker of [ada, bob])
      for (const text of said) await talker.message(text).filter({ hasNotText: 'Waiting to be sent' }).waitFor(patient)
    await talk()
    await cluster.runsAgain(name, kill)
  }
  // Whichever nodes they were on.
  for (const talker of [ada, bob]) {
    expect(talker.losses).toBeGreaterThan(0)
    for (const text of said) await talker.message(text).filter({ hasNotText: 'Waiting to be sent' }).waitFor(patient)
  }
  const orders = [await ada.seen(), await bob.seen()]
  expect(orders[0]).toEqual(orders[1])
  expect(orders[0]?.filter((text) => text.startsWith('Ada'))).toEqual(said.filter((text) => text.startsWith('Ada')))
  expect(orders[0]?.filter((text) => text.startsWith('Bob'))).toEqual(said.filter((text) => text.startsWith('Bob')))
  for (const talker of [ada, bob]) {
    for (const note of await talker.notes())
      expect(note).toMatch(/^(Connecting…|You are offline, and the page keeps trying\.)/)
    expect(talker.complaints).toEqual([])
  }
  await visitor.page.getByText('2 people are there now').waitFor()
  // What the nodes that died had told of him has lapsed, too.
  await bob.page.close()
  await visitor.page.getByText('one person is there now').waitFor()
})

it('[HOM30, HOM31, HOM29] the visitor kills the node and freezes Redis, and nothing is missing', async () => {
  const visitor = await visit(browser, address)
  const { page } = visitor
  const where = page.getByText(/^node-\d, one of 2 nodes, process \d+$/)
  await where.waitFor(patient)
  const [, name = '', pid] = /^(node-\d), .* (\d+)$/.exec((await where.textContent()) ?? '') ?? []
  expect(cluster.printed(name).pid).toBe(Number(pid))
  await expect.poll(() => visitor.count('Received'), patient).toBeGreaterThan(10)
  const before = await visitor.edge()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [390, 1_440]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const path = pictures && { path: join(pictures, `cluster-${scheme}-${width}.png`) }
      await page.locator('#break .panel').screenshot({ ...path })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await visitor.button('Kill the node').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => visitor.status(), patient).toMatch(/^Killed\. The node/)
  await expect.poll(() => visitor.status(), patient).toMatch(/^Node-\d died, node-\d took over: /)
  await expect.poll(() => visitor.status()).toMatch(/Lost: none\. Repeated: none\.$/)
  expect(isAlive(Number(pid))).toBe(false)
  await cluster.runsAgain(name, Number(pid))
  await where.waitFor(patient)
  await visitor.button('Freeze Redis').click()
  await expect.poll(() => visitor.status(), patient).toMatch(/^Redis is frozen\./)
  await expect.poll(() => visitor.status(), patient).toMatch(/^Redis was frozen: no events for /)
  const [, seconds] = /no events for ([\d.]+) s, .* Lost: none\. Repeated: none\.$/.exec(await visitor.status()) ?? []
  expect(Number(seconds)).toBeGreaterThan(4)
  const after = await visitor.edge()
  expect(after.received - before.received).toBe(after.last - before.last)
  expect([await visitor.count('Lost'), await visitor.count('Repeated')]).toEqual([0, 0])
  expect(await visitor.count('Told of by a gap')).toBe(0)
  expect(visitor.complaints).toEqual([])
})
