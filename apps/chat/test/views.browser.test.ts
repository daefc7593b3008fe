import { barriers, beyondWindow } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'
import { onePixel } from './pictures.ts'

const scene = chatScene()
const themes = ['light', 'dark'] as const
const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]

/** Asserts that this view keeps nobody out and fits, in both themes. */
async function isFine({ page }: Person, view: string): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme })
    expect(await barriers(page, colorScheme === 'light' ? 'all' : 'colours'), `${view}, ${colorScheme}`).toEqual([])
    expect(await beyondWindow(page), `${view}, ${colorScheme}`).toEqual([])
  }
}

const byWidth = sizes.map((viewport) => [viewport.width, viewport] as const)

it.each(byWidth)('[CHP27] views, %i px: axe finds nothing grave, and nothing is wider', async (_width, viewport) => {
  const context = await scene.browser.newContext({ viewport })
  const stranger = await scene.open(context)
  const name = stranger.page.getByRole('textbox', { name: 'Your name' })
  await name.fill('<b>')
  await stranger.button('Enter the chat').click()
  await stranger.page.getByRole('alert').filter({ hasText: 'choose another' }).waitFor()
  await isFine(stranger, 'refused name')

  const account = await scene.account('Ada')
  const ada = await scene.come(account, { viewport })
  await isFine(ada, 'list')
  await ada.page.getByRole('searchbox', { name: /^Search/ }).fill('a')
  await ada.page.getByRole('list', { name: 'People' }).waitFor()
  await isFine(ada, 'search')

  const guest = await scene.open(ada.context, 'welcome')
  await guest.log.getByRole('article').last().waitFor()
  await isFine(guest, 'conversation')
  await guest.field.fill('@a')
  await guest.page.getByRole('listbox').waitFor()
  await isFine(guest, 'mention')
  await guest.field.fill('')

  const outsider = await scene.open(ada.context, 'nowhere')
  await outsider.button('Join it').click()
  await outsider.page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' }).waitFor()
  await isFine(outsider, 'refused conversation and toast')
})

it.each(byWidth)('[CHP27] dialogs, %i px: axe finds nothing grave, and nothing is wider', async (width, viewport) => {
  const [account] = await scene.team(`dialogs-${width}`, 'Ada', 'Bob')
  if (!account) throw new Error('one person')
  const ada = await scene.come(account, { viewport, at: `dialogs-${width}` })
  await isFine(ada, 'empty conversation')
  const files = [{ name: 'one.png', mimeType: 'image/png', buffer: Buffer.from(onePixel.png) }]
  await ada.page.getByLabel('Picture', { exact: true }).setInputFiles(files)
  await ada.page.getByAltText('To be sent').waitFor()
  await isFine(ada, 'picture to be sent')
  await ada.say('With a picture')
  await ada.seesStored('With a picture')
  const actions = ada.message('With a picture').getByRole('button', { name: /^Actions for / })
  await actions.press('Enter')
  await isFine(ada, 'actions of a message')

  const dialog = ada.page.getByRole('dialog')
  const closes = async (title: string): Promise<void> => {
    await dialog.getByRole('heading', { name: title }).waitFor()
    await isFine(ada, title)
    await ada.page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  }
  await ada.message('With a picture').getByRole('button', { name: 'Delete' }).press('Enter')
  await closes('Delete this message?')
  await ada
    .message('With a picture')
    .getByRole('button', { name: /open large$/ })
    .click()
  await closes('Picture from Ada')
  await ada.button('1 here, show who').click()
  await closes('Here now')
  if (viewport.width < 800) await ada.button('All conversations').click()
  await ada.button('You').click()
  await isFine(ada, 'menu')
  await ada.page.getByRole('menuitem', { name: 'Change your name' }).click()
  await closes('Change your name')
  await ada.button('New conversation').click()
  await dialog.getByRole('checkbox').first().waitFor()
  await closes('New conversation')
})

it('[CHP20, CHP27] offline: axe finds nothing grave, and nothing is wider', async () => {
  const [account] = await scene.team('offline', 'Ada')
  if (!account) throw new Error('one person')
  const people = []
  for (const viewport of sizes) people.push(await scene.come(account, { viewport, at: 'offline' }))
  await scene.killServer()
  for (const ada of people) {
    await ada.say('This waits.')
    await ada.banner.filter({ hasText: 'One change is kept and will be sent.' }).waitFor()
    await isFine(ada, 'offline')
    const back = ada.button('All conversations')
    if (await back.isVisible()) await back.click()
    await ada.button('You').click()
    await ada.page.getByRole('menuitem', { name: 'Sign out' }).click()
    await ada.page.getByRole('dialog').getByRole('heading', { name: 'Sign out?' }).waitFor()
    await isFine(ada, 'Sign out?')
  }
})
