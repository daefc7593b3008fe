import { barriers, beyondWindow } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import { collabScene } from './collab-scene.ts'
import { furnish } from './furnish.ts'

const scene = collabScene()

it.each([
  [390, 'light'],
  [390, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const)(
  '[COL80, COL81] at %d px, %s: nothing keeps people out, and nothing is wider than the window',
  async (width, colorScheme) => {
    const { owner } = await furnish(scene)
    const viewport = { width, height: width === 390 ? 844 : 900 }
    const ada = await scene.come(owner, undefined, { viewport, colorScheme })
    const isFine = async (where: string): Promise<void> => {
      expect([where, await beyondWindow(ada.page)]).toEqual([where, []])
      expect([where, await barriers(ada.page)]).toEqual([where, []])
    }
    const show = (name: string) =>
      ada.page
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .and(ada.page.locator(':visible'))
        .first()
        .click()
    await isFine('list')
    await ada.documents.filter({ hasText: 'Release day' }).getByRole('link').click()
    await ada.text.waitFor()
    await ada.text.locator('.comment-mark').first().waitFor()
    await isFine('text')
    await show('Read')
    await ada.preview.getByRole('table').waitFor()
    await isFine('preview')
    await show('Comments')
    await ada.panel('Comments').getByRole('article').first().waitFor()
    expect(await ada.preview.isVisible()).toBe(width > 390)
    await isFine('comments')
    await show('Versions')
    await ada
      .panel('Versions')
      .getByRole('button', { name: /^Before the review/ })
      .click()
    await ada.page.getByRole('region', { name: 'Changes since this version' }).locator('ins').first().waitFor()
    await isFine('versions')
    await show('Share')
    await ada.button('Make a link').click()
    await ada.page.getByRole('textbox', { name: 'The new link' }).waitFor()
    await isFine('share')
  },
)
