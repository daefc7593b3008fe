import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Gallery } from './gallery.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

const text = (page: Page): Locator => page.getByLabel('Message', { exact: true })
const sent = (page: Page): Locator => page.getByRole('list', { name: 'Sent' }).getByRole('listitem')

it('[DSG30] Enter sends, Shift+Enter breaks the line, Escape cancels', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  await text(page).click()
  await page.keyboard.press('Enter')
  await page.keyboard.type('   ')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('button', { name: 'Send' }).first().isDisabled()).toBe(true)
  await text(page).fill('')
  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line ')
  await page.keyboard.press('Enter')
  await sent(page).first().waitFor()
  await expect.poll(() => sent(page).allInnerTexts()).toEqual(['First line\nsecond line'])
  expect(await text(page).inputValue()).toBe('')
  await page.getByText('Replying to Ada Lovelace').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Replying to Ada Lovelace').waitFor({ state: 'detached' })
  await page.keyboard.type('refuse')
  await page.keyboard.press('Enter')
  await expect.poll(() => text(page).inputValue()).toBe('refuse')
  await text(page).fill('by the button')
  await page.getByRole('button', { name: 'Send' }).first().click()
  await expect.poll(() => sent(page).last().innerText()).toBe('by the button')
})

it('[DSG30] the Enter of an input method does not send', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  await text(page).click()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'ことば', selectionStart: 3, selectionEnd: 3 })
  await text(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })
  expect(await sent(page).count()).toBe(0)
  await session.send('Input.insertText', { text: 'ことば' })
  await page.keyboard.press('Enter')
  await expect.poll(() => sent(page).allInnerTexts()).toEqual(['ことば'])
})

it('[DSG30] grows with its text, up to a limit, and shrinks again', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  const height = (): Promise<number> => text(page).evaluate(({ clientHeight }) => clientHeight)
  const one = await height()
  await text(page).fill('a\nb\nc')
  const three = await height()
  expect(three).toBeGreaterThan(one * 1.8)
  await text(page).fill('line\n'.repeat(100))
  expect(await height()).toBeLessThan(250)
  await text(page).fill('')
  await expect.poll(height).toBe(one)
})

it('[DSG31, DSG32] people are chosen with the keyboard', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  const options = page.getByRole('option')
  await text(page).click()
  await page.keyboard.type('Hello @a')
  await options.first().waitFor()
  await expect.poll(() => options.allInnerTexts()).toEqual(['AL\nAda Lovelace', 'AT\nAlan Turing'])
  const combobox = page.getByRole('combobox', { name: 'Message', expanded: true })
  const active = async (): Promise<string | null> => {
    const id = await combobox.getAttribute('aria-activedescendant')
    return page.locator(`[id="${id}"][aria-selected=true] bdi`).textContent()
  }
  await expect.poll(active).toBe('Ada Lovelace')
  await page.keyboard.press('ArrowDown')
  await expect.poll(active).toBe('Alan Turing')
  await page.keyboard.press('ArrowDown')
  await expect.poll(active).toBe('Ada Lovelace')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(() => text(page).inputValue()).toBe('Hello @Alan Turing ')
  expect(await options.count()).toBe(0)
  await page.keyboard.type('and @gr')
  await options.first().waitFor()
  await page.keyboard.press('Tab')
  await expect.poll(() => text(page).inputValue()).toBe('Hello @Alan Turing and @Grace Hopper ')
  await page.keyboard.type('and @b')
  await options.first().waitFor()
  await page.keyboard.press('Escape')
  expect(await options.count()).toBe(0)
  // Closed for this word; the composer itself was not cancelled.
  await page.getByText('Replying to Ada Lovelace').waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => sent(page).first().getAttribute('data-mentions')).toBe('u3 u2')
})

it('[DSG31] a click chooses within the text, and a list that cannot be read is said to be so', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  await text(page).fill('@ka is there')
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await page.getByRole('option', { name: 'Katherine Johnson' }).click()
  await expect.poll(() => text(page).inputValue()).toBe('@Katherine Johnson  is there')
  await expect.poll(() => text(page).evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(19)
  await text(page).fill('@nobody')
  await page.getByText('Names cannot be looked up right now.').waitFor()
})
