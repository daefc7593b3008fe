import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { Gallery } from './gallery.ts'
import { noisePicture, tinyGif, withExif } from './noise-picture.ts'

let gallery: Gallery

beforeAll(async () => {
  gallery = await Gallery.start()
})

afterAll(() => gallery[Symbol.asyncDispose]())

const text = (page: Page): Locator => page.getByLabel('Message', { exact: true })

it('[DSG33, DSG34] a chosen picture is made small; what is none is refused in plain words', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  const input = page.getByLabel('Picture', { exact: true })
  const noise = await noisePicture(page, 'image/png', 1_200)
  expect(noise.buffer.byteLength).toBeGreaterThan(4_000_000)
  await input.setInputFiles(noise)
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
  const noise = await noisePicture(page, 'image/png', 20)
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
      [kind, withText, noise.buffer.toString('base64'), noise.mimeType, noise.name] as const,
    )
  expect(await give('paste', true)).toBe(true)
  expect(await page.getByText(/bytes$/).count()).toBe(0)
  for (const kind of ['paste', 'drop'] as const) {
    expect(await give(kind, false)).toBe(false)
    await page.getByText(new RegExp(`^noise by ${kind}: \\d+ bytes$`)).waitFor()
  }
})

it('[DSG34] nothing that a camera noted is left, the longer side has its pixels, and a small GIF stays as it is', async () => {
  await using opening = await gallery.open('composer')
  const { page } = opening
  // What the page makes addresses of is what it would send.
  await page.evaluate(() => {
    const make = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (file: Blob) => {
      Object.assign(globalThis, { lastPicture: file })
      return make(file)
    }
  })
  const shrunk = async (): Promise<Buffer> => {
    const bytes = await page.evaluate(async () => {
      const file = (globalThis as unknown as { lastPicture: Blob }).lastPicture
      return Array.from(new Uint8Array(await file.arrayBuffer()))
    })
    return Buffer.from(bytes)
  }
  const input = page.getByLabel('Picture', { exact: true })
  const noted = withExif({ ...(await noisePicture(page, 'image/jpeg', 1_800)), name: 'noted' }, 'N52 31 E13 24')
  expect(noted.buffer.includes('N52 31 E13 24')).toBe(true)
  await input.setInputFiles(noted)
  await page.getByText(/^noted: \d+ bytes$/).waitFor()
  await page.waitForFunction(() => 'lastPicture' in globalThis)
  const sent = await shrunk()
  expect(sent.subarray(8, 12).toString('latin1')).toBe('WEBP')
  expect(sent.includes('Exif')).toBe(false)
  expect(sent.includes('N52 31 E13 24')).toBe(false)
  const edge = await page.evaluate(async () => {
    const bitmap = await createImageBitmap((globalThis as unknown as { lastPicture: Blob }).lastPicture)
    return Math.max(bitmap.width, bitmap.height)
  })
  expect(edge).toBeLessThanOrEqual(1_600)
  await input.setInputFiles(tinyGif)
  await page.getByText(`tiny: ${tinyGif.buffer.byteLength} bytes`).waitFor()
  expect((await shrunk()).equals(tinyGif.buffer)).toBe(true)
})
