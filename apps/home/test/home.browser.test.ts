import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chat } from '@millrace/app-chat/contract'
import { createClient } from '@millrace/client'
import type { AxeResults } from 'axe-core'
import { launchChromium } from '@millrace/testing/browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startHome, type Home } from './start-home.ts'
import { visit } from './visit.ts'

/** Where `npm run pictures` wants pictures; undefined: they are only taken. */
const pictures = process.env.MILLRACE_PICTURES
/** The pictures of the demos on the page, taken with the others. */
const cards = join(import.meta.dirname, '../web/pictures')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const themes = ['light', 'dark'] as const

let browser: Browser
let folder: string
let home: Home
let address: string

beforeAll(async () => {
  browser = await launchChromium()
  folder = mkdtempSync(join(tmpdir(), 'millrace-home-'))
  home = startHome({ DATA_DIR: folder })
  address = await home.address
})
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
afterAll(async () => {
  await browser.close()
  home.process.kill('SIGTERM')
  await home.ended
  rmSync(folder, { recursive: true })
})

/** What axe finds that keeps people out: its rule, and where. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(async () => {
    // A colour on its way to another one is neither. What moves on and on changes no colour.
    const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition)
    await Promise.all(transitions.map(({ finished }) => finished.catch(() => undefined)))
    return (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run()
  })
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

it.each(themes)('[HOM17] axe finds nothing serious or critical, %s', async (colorScheme) => {
  const { page, complaints } = await visit(browser, address, { colorScheme })
  await page.getByRole('button', { name: 'Kill the server' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: 'Cut this browser off' }).click()
  await page.getByText('no connection', { exact: true }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(complaints).toEqual([])
})

it.each([
  [390, 844],
  [1440, 900],
])('[HOM19] nothing is wider than a window of %d px', async (width, height) => {
  const { page } = await visit(browser, address, { viewport: { width, height } })
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    const beyond = await page.evaluate(() => {
      const { clientWidth } = document.documentElement
      const isWide = ({ right, width }: DOMRect) => width > 1 && right > clientWidth + 0.5
      return [...document.querySelectorAll('body *')]
        .filter((each) => isWide(each.getBoundingClientRect()))
        .map(({ tagName, className }) => `${tagName} ${String(className)}`)
    })
    expect(beyond).toEqual([])
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    const size = width < 800 ? '-phone' : ''
    if (pictures) await page.screenshot({ path: join(pictures, `home${size}-${colorScheme}.png`) })
  }
})

it('[HOM18] everything can be done with the keyboard alone', async () => {
  const { page, status } = await visit(browser, address, { viewport: { width: 1440, height: 900 } }).then(
    (visitor) => ({ page: visitor.page, status: () => visitor.status() }),
  )
  await page.getByRole('button', { name: 'Kill the server' }).waitFor()
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.getAttribute('value'))
  const tabTo = async (name: string) => {
    const passed: (string | null | undefined)[] = []
    while (passed.at(-1) !== name) {
      expect(passed.length).toBeLessThan(30)
      await page.keyboard.press('Tab')
      passed.push(await focused())
    }
    return passed
  }
  expect(await tabTo('Skip to the content')).toHaveLength(1)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  expect(await tabTo('Cut this browser off')).toEqual(['Break it', 'Open the chat', 'Cut this browser off'])
  await page.keyboard.press('Enter')
  await expect.poll(status).toMatch(/^Cut off\. /)
  await expect.poll(status).toMatch(/^Cut off for /)
  await tabTo('Kill the server')
  await tabTo('Chat')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${address}/chat/**`)
})

it('[HOM16] shows code, and leads to the demos with who is there', async () => {
  const { page } = await visit(browser, address)
  for (const name of ['contract.ts', 'server.ts', 'client.ts']) {
    const file = page.getByRole('figure', { name: new RegExp(`^${name}`) })
    const shown = await file.locator('pre').textContent()
    expect(shown).toBe(readFileSync(join(import.meta.dirname, '../excerpt', name), 'utf8').trim())
  }
  const card = page.locator('#demos li').first()
  await card.getByText('nobody is there now').waitFor()
  await enterChat('Ada')
  await card.getByText('one person is there now').waitFor()
  await enterChat('Bob')
  await card.getByText('2 people are there now').waitFor()
  const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
  const paths = new Set(links.map((link) => new URL(link).pathname))
  expect([...paths].toSorted()).toEqual(['/', '/arena/', '/charts/', '/chat/', '/collab/', '/healthz', '/readyz'])
  for (const path of paths) expect((await fetch(address + path)).status).toBe(200)
})

/** A browser in the chat, until the test ends. */
async function enterChat(name: string): Promise<void> {
  const browserKey = name.padEnd(43, 'x')
  const answer = await fetch(`${address}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ name, browserKey }),
  })
  const [cookie = ''] = answer.headers.getSetCookie()
  const [pair = ''] = cookie.split(';', 1)
  const client = createClient({ url: address, auth: { browserKey }, extraHeaders: { cookie: pair } })
  onTestFinished(() => client.close())
  await client.use(chat).request('whoami', {})
}

async function openWelcome(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('list', { name: 'Your documents' }).getByText('Welcome').click()
  await page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: 'Try to break it' }).waitFor()
  await page.getByRole('banner').getByText('Saved').waitFor()
}

/** What stands on each card, once it looks as on any day. */
const shows: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  chat: async (page) => {
    await page.getByRole('textbox', { name: 'Your name' }).fill('Grace Hopper')
    await page.keyboard.press('Enter')
    await page.getByRole('list', { name: 'Conversations' }).getByText('engineering').click()
    await page.getByRole('article').nth(3).waitFor()
  },
  collab: async (page) => {
    await openWelcome(page, 'Grace Hopper')
    if (!pictures) return
    // Somebody else's cursor.
    const other = await (await browser.newContext()).newPage()
    await other.goto(`${address}/collab/`)
    await openWelcome(other, 'Ada Okafor')
    await other.getByRole('textbox', { name: 'Text of the document' }).getByText('your cursor with').click()
    await page.locator('.remote-caret').first().waitFor()
  },
  charts: async (page) => {
    await page.getByRole('link', { name: 'Market' }).click()
    await page.getByText(/^It runs on /).waitFor({ timeout: 45_000 })
    await page.getByText('1h', { exact: true }).click()
    await page.getByText('Candles', { exact: true }).click()
    await page.getByText('live, last 1 hour').waitFor()
    // What it costs, once it has been measured.
    await page
      .getByText(/^[\d.,]+ kB\/s$/)
      .first()
      .waitFor({ timeout: 30_000 })
  },
  arena: async (page) => {
    await page.getByRole('textbox', { name: 'Name' }).fill('Grace')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.getByText('Take a boat').waitFor({ state: 'hidden' })
    await page.getByText('Grace').first().waitFor()
  },
}

it.each(themes)('[HOM16] the cards show the demos as they are, %s', async (colorScheme) => {
  const { page: home } = await visit(browser, address, { colorScheme })
  await home.locator('#demos').scrollIntoViewIfNeeded()
  for (const [name, come] of Object.entries(shows)) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1200, height: 750 } })
    const page = await context.newPage()
    await page.goto(`${address}/${name}/`)
    await come(page)
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    const picture = await page.screenshot({ ...(pictures && { path: join(cards, `${name}-${colorScheme}.png`) }) })
    expect(picture.length).toBeGreaterThan(10_000)
    // Chat and documents have pictures of their own.
    if (pictures && name !== 'chat' && name !== 'collab') {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) })
    }
    const shown = home.locator(`#demos img:visible[src*="/${name}-"]`)
    await expect.poll(() => shown.getAttribute('src')).toContain(`${name}-${colorScheme}`)
    await shown.scrollIntoViewIfNeeded()
    const size = () => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])
    await expect.poll(size).toEqual([1200, 750])
  }
})
