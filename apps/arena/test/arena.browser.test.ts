import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { launchChromium } from '@millrace/testing/browser'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { centre, millRadius } from '../game/world.ts'
import { cameraOf } from '../web/draw/camera.ts'
import { buildPage, type BuiltPage } from './serve-page.ts'
import { startArena } from './start-arena.ts'
import { visit, type Visitor } from './visitor.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const themes = ['light', 'dark'] as const

let browser: Browser
let built: BuiltPage

beforeAll(async () => {
  ;[browser, built] = await Promise.all([launchChromium(), buildPage()])
})
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())))
afterAll(async () => {
  await browser.close()
  built.remove()
})

const start = () => startArena({ handler: built.handler, name: 'north' })

/** What axe finds that keeps people out: its rule, and where. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

async function moves(visitor: Visitor, drive: () => Promise<void>): Promise<void> {
  const from = await visitor.place()
  await drive()
  await expect
    .poll(async () => {
      const { x, y } = await visitor.place()
      return Math.hypot(x - from.x, y - from.y)
    })
    .toBeGreaterThan(60)
}

it('[ARN50, ARN51] two players see each other, and what the line does', async () => {
  const { url } = await start()
  const [ada, bob] = [await visit(browser, url), await visit(browser, url)]
  await ada.play('Ada')
  await bob.play('Bob')
  await expect.poll(() => bob.scores().then((rows) => rows.some((row) => row.startsWith('Ada')))).toBe(true)
  expect((await bob.scores()).filter((row) => row.includes('bot')).length).toBeGreaterThan(0)
  await moves(ada, () => ada.page.keyboard.down('ArrowUp'))
  await ada.page.keyboard.up('ArrowUp')
  for (const name of [
    'Ping',
    'Jitter',
    'Input to effect',
    'Newest tick is',
    'Ticks a second',
    'Unanswered inputs',
    'Prediction was off by',
  ])
    await expect.poll(() => ada.fact(name), { message: name }).toBeGreaterThanOrEqual(0)
  await expect.poll(() => ada.page.getByText('north').count()).toBe(1)
  await ada.page.getByLabel('Added latency').fill('400')
  // What is shown is smoothed: it comes near in seconds, and a loaded machine measures less often.
  await expect.poll(() => ada.fact('Ping'), { timeout: 30_000 }).toBeGreaterThanOrEqual(400)
  await expect.poll(() => ada.fact('Input to effect'), { timeout: 30_000 }).toBeGreaterThanOrEqual(400)
  // With so much of it the boat still obeys at once, and what it did waits for the server's word.
  await ada.page.keyboard.press('Tab')
  await expect.poll(() => ada.fact('Unanswered inputs')).toBeGreaterThanOrEqual(8)
})

it('[ARN52, ARN54] axe finds nothing, and the keyboard suffices, before and while one plays', async () => {
  const { url } = await start()
  // Colours on their way from one theme to the other would be neither's.
  const visitor = await visit(browser, url, { reducedMotion: 'reduce' })
  const { page, complaints } = visitor
  const inBothThemes = async () => {
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme })
      expect(await barriers(page)).toEqual([])
    }
  }
  await inBothThemes()
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 30 && (await focused()) !== name; tabs++) await page.keyboard.press('Tab')
    await expect.poll(focused).toBe(name)
  }
  await tabTo('Play')
  await page.keyboard.press('Enter')
  await visitor.ownScore().waitFor()
  await expect.poll(() => page.locator('output.news').innerText()).toContain('Your boat is on the water.')
  await moves(visitor, () => page.keyboard.down('KeyW'))
  await page.keyboard.up('KeyW')
  await inBothThemes()
  await tabTo('Pause')
  await page.keyboard.press('Enter')
  await page.getByText('Paused. Your boat drifts').waitFor()
  await tabTo('Resume')
  await page.keyboard.press('Enter')
  await page.getByText('Paused. Your boat drifts').waitFor({ state: 'detached' })
  await tabTo('Leave')
  await page.keyboard.press('Enter')
  await visitor.button('Play').waitFor()
  await expect.poll(() => visitor.ownScore().count()).toBe(0)
  expect(complaints).toEqual([])
})

/** What reaches beyond the right edge of the window. */
function beyond({ page }: Visitor): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const isWide = ({ right, width }: DOMRect) => width > 1 && right > clientWidth + 0.5
    return [...document.querySelectorAll('html, body *')]
      .filter(
        (each) => isWide(each.getBoundingClientRect()) || (each.matches('html') && each.scrollWidth > clientWidth),
      )
      .map(({ tagName, className }) => `${tagName} ${String(className)}`)
  })
}

/** Whether the mill's wheel looks the same in two frames. */
async function hasStillWheel({ page }: Visitor): Promise<boolean> {
  const canvas = page.locator('canvas')
  const [width, height] = await canvas.evaluate(({ clientWidth, clientHeight }) => [clientWidth, clientHeight] as const)
  const { scale, x, y } = cameraOf(width, height, centre)
  const paddles = { x: x + (centre.x + millRadius) * scale, y: y + (centre.y - 20) * scale, size: 40 * scale }
  return canvas.evaluate(async (element, box) => {
    const look = async (): Promise<string> => {
      await new Promise((drawn) => requestAnimationFrame(drawn))
      const context = (element as HTMLCanvasElement).getContext('2d')!
      const part = (element as HTMLCanvasElement).width / element.clientWidth
      return String(context.getImageData(box.x * part, box.y * part, box.size * part, box.size * part).data)
    }
    const before = await look()
    return before === (await look())
  }, paddles)
}

it.each([
  [390, 844, 'reduce'],
  [1440, 900, 'no-preference'],
] as const)(
  '[ARN53, ARN54, ARN57] at %d px nothing is wider, a finger steers, and the wheel stands where motion is unwanted',
  async (width, height, reducedMotion) => {
    const { url } = await start()
    const visitor = await visit(browser, url, { viewport: { width, height }, hasTouch: width < 1_000, reducedMotion })
    await expect.poll(() => hasStillWheel(visitor)).toBe(reducedMotion === 'reduce')
    expect(await beyond(visitor)).toEqual([])
    await visitor.play('A name of 20 letters')
    expect(await beyond(visitor)).toEqual([])
    const { mouse } = visitor.page
    // To the mill: from the shore there is no way elsewhere.
    const at = await visitor.place()
    const way = Math.hypot(centre.x - at.x, centre.y - at.y) / 90
    await moves(visitor, async () => {
      await mouse.move(200, 400)
      await mouse.down()
      await mouse.move(200 + (centre.x - at.x) / way, 400 + (centre.y - at.y) / way, { steps: 4 })
    })
    await mouse.up()
  },
)

it('[ARN55, ARN56] a boat is there again with the connection; names are checked and remembered', async () => {
  const first = await start()
  const visitor = await visit(browser, first.url)
  await visitor.page.getByLabel('Name').fill('<b>')
  await visitor.button('Play').click()
  await visitor.page.getByText('begin with a letter or digit').waitFor()
  await visitor.play('Ada')
  await first.close()
  await visitor.page.getByText('You are offline').waitFor()
  await startArena({ handler: built.handler, port: Number(new URL(first.url).port) })
  await visitor.page.getByText('You are offline').waitFor({ state: 'detached' })
  await expect.poll(() => visitor.scores().then((rows) => rows.some((row) => row.startsWith('Ada')))).toBe(true)
  await moves(visitor, () => visitor.page.keyboard.down('ArrowUp'))
  await visitor.page.reload()
  await expect.poll(() => visitor.page.getByLabel('Name').inputValue()).toBe('Ada')
})
