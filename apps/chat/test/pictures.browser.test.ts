import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { beyondWindow, settle } from '@millrace/app-design/test-kit'
import { expect, it } from 'vitest'
import type { Account } from './account.ts'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'

/** Where `npm run pictures` wants them; undefined: they are only taken. */
const folder = process.env.MILLRACE_PICTURES
/** Where no pictures are wanted one theme shows whether they can be taken: the other one has the same layout. */
const themes = folder ? (['light', 'dark'] as const) : (['light'] as const)
const conversation = 'release-day'

const viewport = { width: 1440, height: 900 }
const scene = chatScene()
/** People in a conversation, and somebody who comes to read it. */
async function prepare(): Promise<Account> {
  if (folder) mkdirSync(folder, { recursive: true })
  const names = ['Katherine Johnson', 'Ada Lovelace', 'Charles Babbage', 'Grace Hopper']
  const team = await scene.team(conversation, ...names)
  const [katherine, ada, charles, grace] = team
  if (!katherine || !ada || !charles || !grace) throw new Error('four people')
  const visitors = [ada, charles, grace].map((account) => scene.come(account, { at: conversation, viewport }))
  const [asAda, asCharles, asGrace] = await Promise.all(visitors)
  if (!asAda || !asCharles || !asGrace) throw new Error('three visitors')
  await talk(asAda, asCharles, asGrace)
  await ada.ask(async (space) => {
    const { id } = await space.request('direct.open', { userId: katherine.user.id })
    const room = space.room('conversation', { conversationId: id })
    await room.join({ presence: { status: 'away' } })
    await room.request('message.send', { text: 'Lunch at one? I have a theory about the punch cards.' })
  })
  return katherine
}

/** As people do it, with everything that a message may have. */
async function talk(ada: Person, charles: Person, grace: Person): Promise<void> {
  await ada.say('I pulled the plug on the server this morning, in the middle of a deploy.')
  await charles.seesStored('pulled the plug')
  await charles.say('And? What did we lose?')
  await ada.seesStored('What did we lose?')
  await ada.act('What did we lose?', 'Reply')
  await ada.say('Nothing. The three of us kept typing, and the page said that five changes were waiting.')
  await ada.seesStored('Nothing.')
  await ada.say('When it came back they were all there: once, and in the order in which we wrote them.')
  await grace.seesStored('all there')
  await grace.act('all there', '❤️')
  await charles.act('all there', '❤️')
  await charles.act('all there', '🎉')
  const home = await grace.context.newPage()
  await home.setViewportSize({ width: 1280, height: 800 })
  await home.goto(scene.server.address)
  await home.getByText(/^live from this server: event /).waitFor()
  const buffer = await home.screenshot()
  await home.close()
  await grace.page
    .getByLabel('Picture', { exact: true })
    .setInputFiles({ name: 'home.png', mimeType: 'image/png', buffer })
  await grace.page.getByAltText('To be sent').waitFor()
  await grace.say('I can confirm, I watched it on the counters:')
  await grace.message('on the counters').getByRole('img', { name: 'Picture from Grace Hopper' }).waitFor()
  await grace.field.pressSequentially('@Katherine')
  await grace.page.getByRole('option', { name: 'Katherine Johnson' }).click()
  await grace.field.pressSequentially(
    'try it: https://chat.example.com is one click away, and so is the button that kills it.',
  )
  await grace.field.press('Enter')
  await grace.seesStored('one click away')
}

/** Asserts that nothing is wider than the window, and takes the picture. */
async function picture({ page }: Person, name: string): Promise<void> {
  await page.mouse.move(0, 0)
  await settle(page)
  expect(await beyondWindow(page)).toEqual([])
  await page.screenshot({ ...(folder && { path: join(folder, `${name}.png`) }) })
}

async function takeWide(reader: Account, colorScheme: 'light' | 'dark'): Promise<void> {
  const wide = await scene.come(reader, { at: conversation, colorScheme, viewport })
  await wide.message('on the counters').locator('img').waitFor()
  await wide.seesStored('one click away')
  await picture(wide, `chat-${colorScheme}`)
  await wide.button('New conversation').click()
  await wide.page.getByRole('dialog').getByRole('checkbox').first().waitFor()
  await picture(wide, `chat-dialog-${colorScheme}`)
  await wide.context.close()
}

async function takeNarrow(reader: Account, colorScheme: 'light' | 'dark'): Promise<void> {
  const phone = await scene.come(reader, { colorScheme, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 })
  await phone.conversations.filter({ hasText: 'Ada Lovelace' }).waitFor()
  await picture(phone, `chat-phone-list-${colorScheme}`)
  await phone.conversations.filter({ hasText: conversation }).click()
  await phone.message('on the counters').locator('img').waitFor()
  await phone.seesStored('one click away')
  await picture(phone, `chat-phone-${colorScheme}`)
  await phone.context.close()
}

it('[CHP27] the chat as it looks at 390 and 1440 px, light and dark', { timeout: 120_000 }, async () => {
  const reader = await prepare()
  for (const colorScheme of themes) {
    await takeWide(reader, colorScheme)
    await takeNarrow(reader, colorScheme)
  }
})
