import type { Locator } from 'playwright-core'
import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'

const scene = chatScene()

/** A photograph of 3,000 by 2,000 px, and the transfer of a hand that holds it. */
const photograph = ({ page }: Person) =>
  page.evaluateHandle(async () => {
    const canvas = new OffscreenCanvas(3_000, 2_000)
    const context = canvas.getContext('2d')
    for (let x = 0; x < 3_000; x += 10) {
      if (context) context.fillStyle = `hsl(${x / 10} 80% ${20 + ((x * 7) % 60)}%)`
      context?.fillRect(x, (x * 13) % 900, 10, 1_100)
    }
    const file = new File([await canvas.convertToBlob()], 'photograph.png', { type: 'image/png' })
    const transfer = new DataTransfer()
    transfer.items.add(file)
    return { file, transfer }
  })

/** Pixels of a picture that is really there. */
const sizeOf = (image: Locator) =>
  image.evaluate((element: HTMLImageElement) => [element.naturalWidth, element.naturalHeight])

async function start(id: string) {
  const [hers, his] = await scene.team(id, 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  return { ada: await scene.come(hers, { at: id }), bob: await scene.come(his, { at: id }), his }
}

/** Sends what is in the field, and waits until the other one has the picture. */
async function arrives(ada: Person, bob: Person, text: string): Promise<void> {
  await ada.page.getByAltText('To be sent').waitFor()
  await ada.say(text)
  const image = bob.message(text).getByRole('img', { name: 'Picture from Ada' })
  await image.waitFor()
  await expect.poll(() => sizeOf(image)).toEqual([1_600, 1_067])
  expect(await ada.page.getByAltText('To be sent').count()).toBe(0)
}

it('[CHP14] a picture that is pasted, dropped or chosen is made smaller and shown to everybody', async () => {
  const { ada, bob, his } = await start('pictures')
  const held = await photograph(ada)
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await ada.field.focus()
  await held.evaluate(({ file }) => navigator.clipboard.write([new ClipboardItem({ 'image/png': file })]))
  await ada.page.keyboard.press('ControlOrMeta+V')
  await arrives(ada, bob, 'Pasted.')

  const dataTransfer = await held.evaluateHandle(({ transfer }) => transfer)
  await ada.field.dispatchEvent('dragover', { dataTransfer })
  await ada.field.dispatchEvent('drop', { dataTransfer })
  await arrives(ada, bob, 'Dropped.')

  const chooser = ada.page.waitForEvent('filechooser')
  await ada.button('Add a picture').click()
  const bytes = await held.evaluate(async ({ file }) => [...new Uint8Array(await file.arrayBuffer())])
  await (await chooser).setFiles({ name: 'photograph.png', mimeType: 'image/png', buffer: Buffer.from(bytes) })
  await ada.page.getByAltText('To be sent').waitFor()
  await ada.button('Remove the picture').click()
  expect(await ada.page.getByAltText('To be sent').count()).toBe(0)
  await ada.page.getByLabel('Picture', { exact: true }).setInputFiles({
    name: 'photograph.png',
    mimeType: 'image/png',
    buffer: Buffer.from(bytes),
  })
  await arrives(ada, bob, 'Chosen.')

  await bob.message('Chosen.').getByRole('button', { name: 'Picture from Ada, open large' }).click()
  const large = bob.page.getByRole('dialog', { name: 'Picture from Ada' }).getByRole('img')
  await expect.poll(() => sizeOf(large)).toEqual([1_600, 1_067])
  const phone = await scene.come(his, { at: 'pictures', viewport: { width: 390, height: 844 } })
  await expect
    .poll(() => sizeOf(phone.message('Chosen.').getByRole('img', { name: 'Picture from Ada' })))
    .toEqual([1_600, 1_067])
})

it.each([
  ['a text', 'notes.txt', 'text/plain', 'Dear diary', 'This is not a picture. Choose a PNG, JPEG, WebP or GIF file.'],
  [
    'a page named like a picture',
    'a.png',
    'image/png',
    '<script>alert(1)</script>',
    'This file is not a picture, or it is damaged.',
  ],
  [
    'a drawing that may hold scripts',
    'a.svg',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'This is not a picture.',
  ],
])('[CHP14] %s is refused with a sentence, and nothing is sent', async (_what, name, mimeType, content, sentence) => {
  const { ada } = await start(`refused-${name.replace('.', '-')}-${mimeType.length}`)
  await ada.page.getByLabel('Picture', { exact: true }).setInputFiles({ name, mimeType, buffer: Buffer.from(content) })
  await ada.page.getByRole('region', { name: 'Notices' }).getByText(sentence).waitFor()
  expect(await ada.page.getByAltText('To be sent').count()).toBe(0)
  await expect.poll(() => ada.button('Send').isDisabled()).toBe(true)
  expect(await ada.log.getByRole('article').count()).toBe(0)
})
