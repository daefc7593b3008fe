import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Gallery, sectionIds } from './gallery.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

const day = 'rgb(247, 245, 240)'
const night = 'rgb(16, 22, 21)'
const back = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

it('[DSG5] follows the system until a theme is chosen, keeps it, and tells other tabs', async () => {
  await using opening = await gallery.open('')
  const { page } = opening
  const choice = (of: Page, name: string) => of.getByRole('radio', { name })
  await expect.poll(() => back(page)).toBe(day)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(() => back(page)).toBe(night)
  const other = await page.context().newPage()
  await other.goto(gallery.address)
  await choice(other, 'As the system').waitFor({ state: 'attached' })

  await choice(page, 'As the system').focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => back(page)).toBe(day)
  await other.waitForFunction(() => document.documentElement.dataset.theme === 'light')
  await expect.poll(() => choice(other, 'Light').isChecked()).toBe(true)

  await page.reload()
  await choice(page, 'Light').waitFor({ state: 'attached' })
  await expect.poll(() => choice(page, 'Light').isChecked()).toBe(true)
  await expect.poll(() => back(page)).toBe(day)
  await choice(page, 'As the system').press('Space')
  await expect.poll(() => back(page)).toBe(night)
})

it('[DSG5] a chosen theme is on the page before its first paint', async () => {
  await using opening = await gallery.open('')
  const { page } = opening
  await page.getByRole('radio', { name: 'Dark' }).press('Space')
  await expect.poll(() => back(page)).toBe(night)
  await page.addInitScript(() => {
    new MutationObserver(() => performance.mark('themed')).observe(document, {
      attributeFilter: ['data-theme'],
      subtree: true,
    })
  })
  // Long after the styles: a page that did not wait for its script would be painted without it.
  await page.route('**/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    await route.continue()
  })
  await page.reload()
  await page.waitForFunction(() => performance.getEntriesByName('first-paint').length > 0)
  const [painted, themed] = await page.evaluate(() =>
    ['first-paint', 'themed'].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN),
  )
  expect(themed).toBeGreaterThan(1_000)
  expect(painted).toBeGreaterThanOrEqual(themed ?? Infinity)
})

it('[DSG5] a browser that keeps nothing has the theme for as long as the page lives', async () => {
  const context = await gallery.browser.newContext()
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('no storage', 'SecurityError')
      },
    })
  })
  const page = await context.newPage()
  await page.goto(gallery.address)
  await page.getByRole('radio', { name: 'Dark' }).press('Space')
  await expect.poll(() => back(page)).toBe(night)
  await context.close()
})

it('[DSG6] with reduced motion nothing is animated', async () => {
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    let moving = 0
    await using opening = await gallery.open('', { reducedMotion })
    const { page } = opening
    for (const section of sectionIds) {
      await Gallery.show(page, section)
      if (section === 'overlays') await page.getByRole('button', { name: 'New conversation' }).press('Enter')
      moving += await page.evaluate(() => {
        const lasts = (list: string): boolean => list.split(',').some((time) => Number.parseFloat(time) > 0)
        return [...document.querySelectorAll('*')].filter((element) => {
          const { animationName, animationDuration, transitionDuration } = getComputedStyle(element)
          return (animationName !== 'none' && lasts(animationDuration)) || lasts(transitionDuration)
        }).length
      })
    }
    if (reducedMotion === 'reduce') expect(moving).toBe(0)
    else expect(moving).toBeGreaterThan(10)
  }
})
