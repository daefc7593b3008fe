import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Gallery, phone, sectionIds } from './gallery.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

/** What axe calls serious or critical, and where. */
async function grave(page: Page): Promise<readonly string[]> {
  await settled(page)
  await page.evaluate(axeSource)
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  expect(results.passes.length).toBeGreaterThan(5)
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`)
}

/** Nothing moves or fades any more: half-faded text has little contrast. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.effect?.getComputedTiming().iterations === Infinity),
  )
}

/** Opens what a section has to open. */
const opened: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  notices: async (page) => {
    await page.getByText('You are offline').waitFor()
    for (const name of ['Neutral', 'Bad', 'Mention']) await page.getByRole('button', { name, exact: true }).click()
    await page.getByText('Ada in General').waitFor()
  },
  composer: async (page) => {
    await page.getByLabel('Message', { exact: true }).fill('@a')
    await page.getByRole('option').first().waitFor()
  },
}

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  it.each(sectionIds)('[DSG2, DSG4] axe finds nothing grave in %s, and its policy is kept', async (section) => {
    await using opening = await gallery.open(section, { colorScheme })
    await opened[section]?.(opening.page)
    expect(await grave(opening.page)).toEqual([])
    expect(opening.complaints).toEqual([])
  })

  it('[DSG2] axe finds nothing grave in an open dialog and an open menu', async () => {
    await using opening = await gallery.open('overlays', { colorScheme })
    const { page } = opening
    for (const name of ['New conversation', 'Delete something', 'Something long']) {
      await page.getByRole('button', { name }).click()
      await page.getByRole('dialog').waitFor()
      expect(await grave(page)).toEqual([])
      await page.keyboard.press('Escape')
    }
    await page.getByRole('button', { name: 'Actions for the message of Ada' }).click()
    await page.getByRole('menu').waitFor()
    expect(await grave(page)).toEqual([])
  })
})

it.each(sectionIds)('[DSG3] %s fits a phone, and fingers', async (section) => {
  await using opening = await gallery.open(section, phone)
  const { page } = opening
  await opened[section]?.(page)
  await settled(page)
  const wide = await page.evaluate(() => {
    const { clientWidth } = document.documentElement
    const isCut = (element: Element): boolean =>
      element.closest('.mr-unseen') !== null || getComputedStyle(element).clipPath !== 'none'
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !isCut(element))
      .map(({ outerHTML }) => outerHTML.slice(0, 120))
  })
  expect(wide).toEqual([])
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('button, input:not([type=file]), textarea, [role=option], .mr-item:is(a)')]
      .map((element) => element.closest('label') ?? element)
      .filter((element) => {
        // A pseudo-element may reach beyond what is seen.
        const reach = Number.parseFloat(getComputedStyle(element, '::after').height) || 0
        return element.checkVisibility() && Math.max(element.getBoundingClientRect().height, reach) < 43.9
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 120)),
  )
  expect(small).toEqual([])
})

it('[DSG3] a wide window has nothing wider than itself', async () => {
  await using opening = await gallery.open('')
  for (const section of sectionIds) {
    await Gallery.show(opening.page, section)
    await expect.poll(() => opening.page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440)
  }
})
