import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'

const scene = chatScene()

const isAt = ({ page }: Person, title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor()
const search = ({ page }: Person) => page.getByRole('searchbox', { name: 'Search conversations and people' })

it('[CHP4] the list has the conversation that changed last first, with its last line, time and what is unread', async () => {
  const [hers, his] = await scene.team('listed', 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const ada = await scene.come(hers, { at: 'welcome' })
  const bob = await scene.come(his, { at: 'listed' })
  const line = ada.conversations.filter({ hasText: 'listed' })
  await bob.say('The first line.')
  await line.getByText('Bob: The first line.').waitFor()
  await line.getByText('1 unread', { exact: true }).waitFor()
  await expect.poll(() => ada.conversations.first().innerText()).toContain('listed')
  await ada.say('And this moves up.')
  await expect.poll(() => ada.conversations.first().innerText()).toContain('You: And this moves up.')
  await expect.poll(() => line.locator('time').count()).toBe(1)
})

it('[CHP6] somebody creates a conversation for chosen people, who have it at once; others do not', async () => {
  const [hers, his, eves] = await scene.team('makers', 'Ada', 'Bob Maker', 'Eve')
  if (!hers || !his || !eves) throw new Error('three people')
  const [ada, bob, eve] = [await scene.come(hers), await scene.come(his), await scene.come(eves)]
  await ada.button('New conversation').click()
  const dialog = ada.page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Just us')
  await dialog.getByRole('radio', { name: 'Only people that I choose' }).check()
  await dialog.getByRole('searchbox', { name: 'Bring people in' }).fill('maker')
  await dialog.getByRole('checkbox', { name: 'Bob Maker' }).check()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await isAt(ada, 'Just us')
  await ada.page.getByText('Nobody has written here yet').waitFor()
  await bob.conversations.filter({ hasText: 'Just us' }).click()
  await isAt(bob, 'Just us')
  await search(eve).fill('just us')
  await eve.page.getByText('Nothing else was found.').waitFor()
  // By its address neither, and it says so in plain words.
  const id = new URL(bob.page.url()).hash
  await eve.page.goto(`${scene.server.address}/chat/${id}`)
  await eve.page.getByText('You are not in this conversation').waitFor()
  await eve.button('Join it').click()
  await eve.page
    .getByRole('region', { name: 'Notices' })
    .getByText(/member|open|invite/i)
    .waitFor()
  expect(await eve.log.count()).toBe(0)
  expect(await eve.field.count()).toBe(0)
})

it('[CHP5, CHP6, CHP7] an open conversation is found, joined by search or by its address, and left by the back button', async () => {
  const [hers, his] = await scene.team('openers', 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const [ada, bob] = [await scene.come(hers, { at: 'openers' }), await scene.come(his, { at: 'openers' })]
  await ada.button('New conversation').click()
  const dialog = ada.page.getByRole('dialog', { name: 'New conversation' })
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Open garden')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await isAt(ada, 'Open garden')
  await ada.say('Come in.')
  await search(bob).fill('GARDEN')
  await bob.page
    .getByRole('list', { name: 'Open conversations' })
    .getByRole('button', { name: /^Open garden/ })
    .click()
  await isAt(bob, 'Open garden')
  await bob.seesStored('Come in.')
  expect(await search(bob).inputValue()).toBe('')
  const { hash } = new URL(bob.page.url())
  await bob.page.goBack()
  await isAt(bob, 'openers')
  await bob.page.goForward()
  await isAt(bob, 'Open garden')
  await bob.page.reload()
  await isAt(bob, 'Open garden')
  await bob.seesStored('Come in.')

  const eve = await scene.come(await scene.account('Eve'), { at: 'welcome' })
  await eve.page.goto(`${scene.server.address}/chat/${hash}`)
  await eve.button('Join it').click()
  await eve.seesStored('Come in.')
  await search(eve).fill('gard')
  await expect.poll(() => eve.conversations.count()).toBe(1)
  await expect.poll(() => eve.conversations.innerText()).toContain('Open garden')
})

it('[CHP5] choosing a person opens the conversation of the two, once for both', async () => {
  const [hers, his] = await scene.team('pair', 'Ada Pair', 'Bob Pair')
  if (!hers || !his) throw new Error('two people')
  const [ada, bob] = [await scene.come(hers, { at: 'pair' }), await scene.come(his, { at: 'pair' })]
  await search(ada).fill('bob pair')
  await ada.page
    .getByRole('list', { name: 'People' })
    .getByRole('button', { name: /Bob Pair/ })
    .click()
  await isAt(ada, 'Bob Pair')
  await ada.say('Only for you.')
  await bob.conversations.filter({ hasText: 'Ada Pair' }).filter({ hasText: 'Only for you.' }).click()
  await isAt(bob, 'Ada Pair')
  await bob.say('And for you.')
  await ada.seesStored('And for you.')
  await bob.button('2 here, show who').click()
  await bob.button('Message Ada Pair').click()
  await isAt(bob, 'Ada Pair')
  expect(new URL(bob.page.url()).hash).toBe(new URL(ada.page.url()).hash)
})
