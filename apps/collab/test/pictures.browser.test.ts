import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beyondWindow, settle } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import { collabScene } from './collab-scene.ts'
import { furnish } from './furnish.ts'
import type { Writer } from './writer.ts'

/** Where `npm run pictures` wants them; undefined: they are only taken. */
const folder = process.env.MILLRACE_PICTURES
/** Where no pictures are wanted one theme shows whether they can be taken: the other one has the same layout. */
const themes = folder ? (['light', 'dark'] as const) : (['light'] as const)
const scene = collabScene()

/** Asserts that nothing is wider than the window, and takes the picture. */
async function picture({ page }: Writer, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await settle(page)
  expect(await beyondWindow(page)).toEqual([])
  await page.screenshot({ ...(folder && { path: join(folder, `${name}.png`) }) })
}

it('[COL84] the documents as they look at 390 and 1440 px, light and dark', { timeout: 120_000 }, async () => {
  if (folder) mkdirSync(folder, { recursive: true })
  const { owner, guest, id } = await furnish(scene)
  const charles = await scene.come(guest, id)
  await charles.goToLine('We pulled the plug')
  // A name stands at a caret after each move.
  const moves = () => charles.page.keyboard.press('Shift+Control+ArrowLeft')
  for (const colorScheme of themes) {
    const wide = await scene.come(owner, id, { colorScheme })
    await wide.text.locator('.remote-caret').waitFor()
    const comments = await wide.open('Comments')
    await comments.getByText('I will add the query.').waitFor()
    await wide.says('Saved')
    await moves()
    await wide.text.locator('.remote-caret[data-moved]').waitFor()
    await picture(wide, `collab-${colorScheme}`)
    await wide.context.close()
    const viewport = { width: 390, height: 844 }
    const phone = await scene.come(owner, id, { colorScheme, viewport, deviceScaleFactor: 2 })
    await phone.text.locator('.comment-mark').first().waitFor()
    await phone.says('Saved')
    await moves()
    await phone.text.locator('.remote-caret[data-moved]').waitFor()
    await picture(phone, `collab-phone-${colorScheme}`)
    await phone.context.close()
  }
})
