import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { Gallery, phone } from './gallery.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

/** The text or the name of what has the focus. */
const focused = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

it('[DSG10] a dialog keeps the focus, and gives it back however it is closed', async () => {
  await using opening = await gallery.open('overlays')
  const { page } = opening
  const opener = page.getByRole('button', { name: 'New conversation' })
  const dialog = page.getByRole('dialog', { name: 'New conversation' })
  const ways = [
    () => page.keyboard.press('Escape'),
    () => dialog.getByRole('button', { name: 'Close' }).press('Enter'),
    () => dialog.getByRole('button', { name: 'Create' }).click(),
    () => page.mouse.click(5, 5),
  ]
  for (const close of ways) {
    await opener.focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await expect.poll(() => dialog.getByLabel('Title').evaluate((field) => field === document.activeElement)).toBe(true)
    // The page behind is out of reach: the focus goes round in the dialog and the browser's own bars.
    for (let steps = 0; steps < 8; steps++) {
      await page.keyboard.press('Tab')
      expect(await opener.evaluate((button) => button === document.activeElement)).toBe(false)
    }
    await close()
    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => focused(page)).toBe('New conversation')
  }
})

it('[DSG10] a dialog without fields starts at its first button, and its text scrolls', async () => {
  await using opening = await gallery.open('overlays')
  const { page } = opening
  await page.getByRole('button', { name: 'Something long' }).click()
  const dialog = page.getByRole('dialog', { name: 'Something long' })
  await dialog.waitFor()
  await expect.poll(() => focused(page)).toBe('Close')
  await page.keyboard.press('Tab')
  await page.keyboard.press('End')
  await page.waitForFunction(() => (document.querySelector('dialog[open] .mr-dialog-body')?.scrollTop ?? 0) > 0)
})

it('[DSG10] the focus returns where a dialog goes from the page while it is open', async () => {
  await using opening = await gallery.open('overlays')
  const { page } = opening
  const link = page.getByRole('link', { name: 'Notices' })
  await link.focus()
  // By something else than a click, which would move the focus.
  await page.getByRole('button', { name: 'Something long' }).evaluate((button: HTMLButtonElement) => button.click())
  await page.getByRole('dialog').waitFor()
  await expect.poll(() => focused(page)).toBe('Close')
  await page.evaluate(() => (location.hash = 'text'))
  await page.getByRole('heading', { name: 'Text and time' }).waitFor()
  expect(await page.locator('dialog').count()).toBe(0)
  await expect.poll(() => focused(page)).toBe('Notices')
})

it('[DSG11] a menu is worked with the keyboard', async () => {
  await using opening = await gallery.open('overlays')
  const { page } = opening
  const button = page.getByRole('button', { name: 'Actions for the message of Ada' })
  const menu = page.getByRole('menu', { name: 'Actions for the message of Ada' })
  const press = async (key: string, expected: string): Promise<void> => {
    await page.keyboard.press(key)
    await expect.poll(async () => [key, await focused(page)]).toEqual([key, expected])
  }
  for (const key of ['Enter', 'Space', 'ArrowDown']) {
    await button.focus()
    await page.keyboard.press(key)
    await menu.waitFor()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Reply')
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    await menu.waitFor({ state: 'hidden' })
    await expect.poll(() => focused(page)).toBe('Actions for the message of Ada')
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false')
  }
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.textContent === 'Reply')
  await press('ArrowDown', 'Edit')
  // The link is disabled.
  await press('ArrowDown', 'Delete')
  await press('ArrowDown', 'Reply')
  await press('End', 'Delete')
  await press('Home', 'Reply')
  await press('e', 'Edit')
  await page.keyboard.press('Enter')
  await menu.waitFor({ state: 'hidden' })
  await expect.poll(() => page.locator('output', { hasText: 'edit' }).count()).toBe(1)
  await button.focus()
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.textContent === 'Reply')
  await page.keyboard.press('Tab')
  await menu.waitFor({ state: 'hidden' })
  await button.focus()
  await page.keyboard.press('ArrowDown')
  await page.waitForFunction(() => document.activeElement?.textContent === 'Reply')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Delete this message?' }).waitFor()
})

it('[DSG11] a menu lies within a narrow window', async () => {
  await using opening = await gallery.open('lists', { ...phone, viewport: { width: 390, height: 420 } })
  const { page } = opening
  for (const name of ['Actions for Ada Lovelace', 'Actions for Katherine Johnson']) {
    await page.getByRole('button', { name }).click()
    const menu = page.getByRole('menu', { name })
    await menu.waitFor()
    const isWithin = async (): Promise<boolean> => {
      const { x, y, width, height } = (await menu.boundingBox()) ?? { x: NaN, y: NaN, width: 0, height: 0 }
      return x >= 0 && x + width <= 390 && y >= 0 && y + height <= 420
    }
    await expect.poll(isWithin).toBe(true)
    await page.keyboard.press('Escape')
  }
})
