import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'

const scene = chatScene()

it('[CHP17, CHP19] a message of 100 kB is refused in plain words, kept in the field, and neither shown nor stored', async () => {
  const [hers] = await scene.team('long', 'Ada')
  if (!hers) throw new Error('one person')
  const ada = await scene.come(hers, { at: 'long' })
  const text = 'x'.repeat(100_000)
  await ada.say(text)
  const notices = ada.page.getByRole('region', { name: 'Notices' })
  await notices.getByText('This message has 100000 characters; at most 4000 fit.').waitFor()
  await expect.poll(() => ada.field.inputValue()).toBe(text)
  expect(await ada.log.getByRole('article').count()).toBe(0)
  await ada.say('Shorter.')
  await ada.seesStored('Shorter.')
  await ada.act('Shorter.', 'Edit')
  await ada.say(text)
  await notices.getByText('This message has 100000 characters').nth(1).waitFor()
  await ada.field.press('Escape')
  await ada.page.reload()
  await ada.seesStored('Shorter.')
  const messages = await hers.ask(async (space) => {
    const room = space.room('conversation', { conversationId: 'long' })
    return (await room.join({ presence: { status: 'away' } })).snapshot.messages
  })
  expect(messages).toMatchObject([{ text: 'Shorter.', rev: 1 }])
})

it('[CHP2] an expired session is refused, the page says what to do, and a name leads in again', async () => {
  const { storageState } = await scene.account('Ada')
  const [cookie] = storageState.cookies
  if (!cookie) throw new Error('a cookie')
  const old = { ...cookie, value: expired(cookie.value) }
  const context = await scene.browser.newContext({ storageState: { ...storageState, cookies: [old] } })
  const ada = await scene.open(context, 'welcome')
  await ada.page.getByText('This session has expired; enter your name again.').waitFor()
  expect(await ada.log.count()).toBe(0)
  await ada.page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await ada.page.keyboard.press('Enter')
  await ada.log.getByRole('article').first().waitFor()
})

/** The same session as this server signed it, a minute after its end. */
function expired(token: string): string {
  const secret = readFileSync(join(scene.folder, 'session-secret'), 'utf8').trim()
  const [head = '', claims = ''] = token.split('.')
  const ended = {
    ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
    exp: Math.floor(Date.now() / 1_000) - 60,
  }
  const signed = `${head}.${Buffer.from(JSON.stringify(ended)).toString('base64url')}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
