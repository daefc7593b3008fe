import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'

const scene = chatScene()
const viewport = { width: 1_000, height: 1_600 }
const minute = 60_000
const hour = 60 * minute

async function start(id: string) {
  const [hers, his] = await scene.team(id, 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const ada = await scene.come(hers, { at: id, viewport, hasClock: true })
  const bob = await scene.come(his, { at: id, viewport })
  return { ada, bob }
}

/** Names and times of authors, lines between messages, and what `pattern` finds, as the log has them. */
async function outline({ log }: Person, pattern: RegExp): Promise<string[]> {
  const text = await log.innerText()
  return [...text.matchAll(new RegExp(`^(Ada|Bob)$|^(Today|Yesterday|New messages)$|${pattern.source}`, 'gm'))].map(
    ([found]) => found,
  )
}

it('[CHP9] messages of one author stand together, those of two people in one order', async () => {
  const { ada, bob } = await start('order')
  await ada.sayAll(['A1.', 'A2.'])
  await bob.seesStored('A2.')
  await bob.sayAll(['B1.', 'B2.'])
  await ada.seesStored('B2.')
  await ada.say('A3.')
  await bob.seesStored('A3.')
  const expected = ['Today', 'Ada', 'A1.', 'A2.', 'Bob', 'B1.', 'B2.', 'Ada', 'A3.']
  for (const person of [ada, bob]) await expect.poll(() => outline(person, /[AB]\d\./)).toEqual(expected)
})

it('[CHP9] a day begins with its name, also when it changes, and after 5 minutes an author is named again', async () => {
  const [hers] = await scene.team('days', 'Ada')
  if (!hers) throw new Error('one person')
  const ada = await scene.come(hers, { viewport, hasClock: true })
  const noon = new Date().setHours(12, 0, 0, 0)
  await ada.page.clock.setSystemTime(noon - 24 * hour)
  await ada.page.goto(`${scene.server.address}/chat/#days`)
  await ada.field.waitFor()
  // What waits has the time of the page, and here it waits for ever.
  await ada.isKeptOffline()
  await ada.context.setOffline(true)
  await ada.say('M1.')
  await expect.poll(() => outline(ada, /M\d\./)).toEqual(['Today', 'Ada', 'M1.'])
  await ada.letPass(24 * hour, 1)
  await ada.say('M2.')
  await ada.letPass(4 * minute, 2)
  await ada.say('M3.')
  await ada.letPass(6 * minute, 3)
  await ada.say('M4.')
  const expected = ['Yesterday', 'Ada', 'M1.', 'Today', 'Ada', 'M2.', 'M3.', 'Ada', 'M4.']
  await expect.poll(() => outline(ada, /M\d\./)).toEqual(expected)
})

it('[CHP12] a reply quotes, reactions count and are taken back, for everybody at once', async () => {
  const { ada, bob } = await start('reactions')
  await ada.say('Shall we?')
  await bob.seesStored('Shall we?')
  await bob.act('Shall we?', 'Reply')
  await bob.page.getByText('Reply to Ada: Shall we?').waitFor()
  await bob.say('We shall.')
  const quote = ada.message('We shall.').locator('blockquote')
  await quote.waitFor()
  await expect.poll(() => quote.innerText()).toMatch(/^Ada\s+Shall we\?$/)

  const button = (person: Person, name: string, pressed: boolean) =>
    person.message('We shall.').getByRole('button', { name, pressed, exact: true })
  await bob.act('We shall.', '🎉')
  await button(ada, '🎉 1', false).click()
  await button(bob, '🎉 2', true).waitFor()
  await button(ada, '🎉 2', true).click()
  await button(bob, '🎉 1', true).click()
  await expect.poll(() => ada.message('We shall.').getByRole('group', { name: 'Reactions' }).count()).toBe(0)
})

it('[CHP12] the author alone edits and deletes, and everybody sees it', async () => {
  const { ada, bob } = await start('changes')
  await ada.say('Helo.')
  await bob.seesStored('Helo.')
  await ada.act('Helo.', 'Edit')
  await expect.poll(() => ada.field.inputValue()).toBe('Helo.')
  await ada.field.fill('Never mind')
  await ada.field.press('Escape')
  await ada.page.getByText('Editing your message').waitFor({ state: 'hidden' })
  await ada.act('Helo.', 'Edit')
  await ada.field.fill('Hello.')
  await ada.field.press('Enter')
  await bob.message('Hello.').filter({ hasText: 'edited' }).waitFor()
  expect(await bob.message('Helo.').count()).toBe(0)
  await bob.message('Hello.').hover()
  await bob.message('Hello.').getByRole('button', { name: 'Reply' }).waitFor()
  for (const name of ['Edit', 'Delete'])
    expect(await bob.message('Hello.').getByRole('button', { name }).count()).toBe(0)

  await ada.act('Hello.', 'Delete')
  await ada.button('Keep it').click()
  await ada.act('Hello.', 'Delete')
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await bob.message('This message was deleted.').waitFor()
  expect(await bob.message('Hello.').count()).toBe(0)
  await bob.conversations.filter({ hasText: 'changes' }).filter({ hasNotText: 'Hello.' }).waitFor()
})

it('[CHP15] everybody sees who is here and who types, for 6 s', async () => {
  const { ada, bob } = await start('typing')
  await ada.button('2 here, show who').waitFor()
  await bob.field.pressSequentially('He')
  await ada.page.getByText('Bob is typing…').waitFor()
  expect(await bob.page.getByText('is typing…').count()).toBe(0)
  await bob.field.fill('')
  await ada.page.getByText('Bob is typing…').waitFor({ state: 'hidden' })
  await bob.field.pressSequentially('Hello')
  await ada.page.getByText('Bob is typing…').waitFor()
  await ada.page.clock.fastForward(6_500)
  await ada.page.getByText('Bob is typing…').waitFor({ state: 'hidden' })
  await bob.conversations.filter({ hasText: 'welcome' }).click()
  await ada.button('1 here, show who').waitFor()
})
