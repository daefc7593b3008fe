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
  expect(await page.getByRole('button', { name: 'Send' }).first().isDisabled()).toBe(true)
  await text(page).fill('')
  await page.keyboard.type('First line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('second line ')
  await page.keyboard.press('Enter')
  await sent(page).first().waitFor()
  expect(await sent(page).allInnerTexts()).toEqual(['First line\nsecond line'])
  expect(await text(page).inputValue()).toBe('')
  await page.getByText('Replying to Ada Lovelace').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Replying to Ada Lovelace').waitFor({ state: 'detached' })
  await page.keyboard.type('refuse')
  await page.keyboard.press('Enter')
  expect(await text(page).inputValue()).toBe('refuse')
  await text(page).fill('by the button')
  await page.getByRole('button', { name: 'Send' }).first().click()
  expect(await sent(page).last().innerText()).toBe('by the button')
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
  expect(await sent(page).allInnerTexts()).toEqual(['ことば'])
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
  expect(await height()).toBe(one)
})

it('[DSG31, DSG32] people are chosen with the keyboard', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  const options = page.getByRole('option')
  await text(page).click()
  await page.keyboard.type('Hello @a')
  await options.first().waitFor()
  expect(await options.allInnerTexts()).toEqual(['AL\nAda Lovelace', 'AT\nAlan Turing'])
  const combobox = page.getByRole('combobox', { name: 'Message', expanded: true })
  const active = async (): Promise<string | null> => {
    const id = await combobox.getAttribute('aria-activedescendant')
    return page.locator(`[id="${id}"][aria-selected=true] bdi`).textContent()
  }
  expect(await active()).toBe('Ada Lovelace')
  await page.keyboard.press('ArrowDown')
  expect(await active()).toBe('Alan Turing')
  await page.keyboard.press('ArrowDown')
  expect(await active()).toBe('Ada Lovelace')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  expect(await text(page).inputValue()).toBe('Hello @Alan Turing ')
  expect(await options.count()).toBe(0)
  await page.keyboard.type('and @gr')
  await options.first().waitFor()
  await page.keyboard.press('Tab')
  expect(await text(page).inputValue()).toBe('Hello @Alan Turing and @Grace Hopper ')
  await page.keyboard.type('and @b')
  await options.first().waitFor()
  await page.keyboard.press('Escape')
  expect(await options.count()).toBe(0)
  // Closed for this word; the composer itself was not cancelled.
  await page.getByText('Replying to Ada Lovelace').waitFor()
  await page.keyboard.press('Enter')
  expect(await sent(page).first().getAttribute('data-mentions')).toBe('u3 u2')
})

it('[DSG31] a click chooses within the text, and a list that cannot be read is said to be so', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  await text(page).fill('@ka is there')
  for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
  await page.getByRole('option', { name: 'Katherine Johnson' }).click()
  expect(await text(page).inputValue()).toBe('@Katherine Johnson  is there')
  expect(await text(page).evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(19)
  await text(page).fill('@nobody')
  await page.getByText('Names cannot be looked up right now.').waitFor()
})

/** A picture of noise, which no encoder makes small, as a browser's own file. */
function picture(page: Page, type: string, edge: number): Promise<{ name: string; mimeType: string; base64: string }> {
  return page.evaluate(
    async ([mime, size]) => {
      const canvas = new OffscreenCanvas(size, size)
      const context = canvas.getContext('2d')
      const image = context?.createImageData(size, size)
      if (!context || !image) throw new Error('no canvas')
      for (let at = 0; at < image.data.length; at += 65_536) {
        crypto.getRandomValues(image.data.subarray(at, Math.min(at + 65_536, image.data.length)))
      }
      context.putImageData(image, 0, 0)
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: mime })).arrayBuffer())
      const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
      return { name: 'noise', mimeType: mime, base64 }
    },
    [type, edge] as const,
  )
}

it('[DSG33, DSG34] a chosen picture is made small; what is none is refused in plain words', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  const input = page.getByLabel('Picture', { exact: true })
  const { base64, ...noise } = await picture(page, 'image/png', 1_200)
  const buffer = Buffer.from(base64, 'base64')
  expect(buffer.byteLength).toBeGreaterThan(4_000_000)
  await input.setInputFiles({ ...noise, buffer })
  const said = page.getByText(/^noise: \d+ bytes$/)
  await said.waitFor()
  const bytes = Number(/\d+/.exec((await said.textContent()) ?? '')?.[0])
  expect(bytes).toBeGreaterThan(1_000)
  expect(bytes).toBeLessThanOrEqual(400_000)
  await input.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload=alert(1)>') })
  await page.getByText('This file is not a picture, or it is damaged. Choose another one.').waitFor()
  await input.setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') })
  await page.getByText('This is not a picture. Choose a PNG, JPEG, WebP or GIF file.').waitFor()
})

it('[DSG33] files are taken from the clipboard and from a drop; text with a picture of itself stays text', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  const { base64, ...noise } = await picture(page, 'image/png', 20)
  const give = (kind: 'paste' | 'drop', withText: boolean): Promise<boolean> =>
    text(page).evaluate(
      (area, [event, isMixed, content, type, name]) => {
        const data = new DataTransfer()
        const bytes = Uint8Array.from(atob(content), (character) => character.codePointAt(0) ?? 0)
        data.items.add(new File([bytes], `${name} by ${event}`, { type }))
        if (isMixed) data.setData('text/plain', 'words')
        const options = { bubbles: true, cancelable: true }
        return area.dispatchEvent(
          event === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: data })
            : new DragEvent('drop', { ...options, dataTransfer: data }),
        )
      },
      [kind, withText, base64, noise.mimeType, noise.name] as const,
    )
  expect(await give('paste', true)).toBe(true)
  expect(await page.getByText(/bytes$/).count()).toBe(0)
  for (const kind of ['paste', 'drop'] as const) {
    expect(await give(kind, false)).toBe(false)
    await page.getByText(new RegExp(`^noise by ${kind}: \\d+ bytes$`)).waitFor()
  }
})
