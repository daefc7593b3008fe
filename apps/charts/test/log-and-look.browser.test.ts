import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { barriers } from './barriers.ts'
import { ChartsSite } from './charts-site.ts'

const views = [
  'machines?alert=cpu:above:0.001',
  'machines?large=cpu',
  'market',
  'market/ALA?candles',
  'log?level=debug',
]

let site: ChartsSite
beforeAll(async () => {
  site = await ChartsSite.start()
})
afterEach(() => Promise.all(site.browser.contexts().map((context) => context.close())))
afterAll(() => site[Symbol.asyncDispose]())

it('[CHT80] lines come in order, are searched, and are held while somebody reads them', async () => {
  const { page, complaints } = await site.open('log')
  const lines = page.getByRole('log').locator('.log-text')
  const fresh = async (): Promise<string[]> =>
    (await lines.allTextContents()).filter((text) => /^(mill|pond) \d$/.test(text))
  for (const number of [1, 2, 3]) site.log.say('info', `mill ${number}`)
  await expect.poll(fresh).toEqual(['mill 1', 'mill 2', 'mill 3'])
  site.log.say('warn', 'pond 4')
  await expect.poll(fresh).toHaveLength(4)
  await page.getByRole('button', { name: 'Pause' }).click()
  site.log.say('error', 'pond 5')
  await page.getByRole('button', { name: 'Catch up, 1 new' }).waitFor()
  await expect.poll(fresh).toHaveLength(4)
  await page.getByRole('button', { name: /^Catch up/ }).click()
  await expect.poll(fresh).toHaveLength(5)
  await page.getByRole('button', { name: 'warn' }).click()
  await expect.poll(fresh).toEqual(['pond 4', 'pond 5'])
  await page.getByRole('searchbox', { name: 'Search lines' }).fill('5')
  await expect.poll(fresh).toEqual(['pond 5'])
  await expect.poll(() => page.url()).toMatch(/#log\?level=warn&find=5$/)
  await page.reload()
  await expect.poll(fresh).toEqual(['pond 5'])
  expect(complaints).toEqual([])
})

it.each(['light', 'dark'] as const)('[CHT90] axe finds nothing serious or critical, %s', async (colorScheme) => {
  const { page, complaints } = await site.open('machines', { colorScheme })
  for (const view of views) {
    await page.evaluate((hash) => (location.hash = hash), view)
    await page
      .locator(view.startsWith('log') ? '.log-line' : '.u-over')
      .first()
      .waitFor()
    // Another theme has other colours and nothing else.
    expect(await barriers(page, colorScheme === 'light' ? undefined : ['color-contrast'])).toEqual([])
  }
  expect(complaints).toEqual([])
})

it.each([
  [390, 844],
  [1440, 900],
])('[CHT91] nothing is wider than a window of %d px', async (width, height) => {
  const { page } = await site.open('machines', { viewport: { width, height } })
  for (const view of views) {
    await page.evaluate((hash) => (location.hash = hash), view)
    await page
      .locator(view.startsWith('log') ? '.log-line' : '.u-over')
      .first()
      .waitFor({ state: 'attached' })
    const beyond = await page.evaluate(() => {
      const { clientWidth } = document.documentElement
      return [...document.querySelectorAll('.mr-shell *')]
        .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > clientWidth + 0.5)
        .map(({ tagName, className }) => `${tagName} ${String(className)}`)
    })
    expect([view, beyond]).toEqual([view, []])
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
})
