import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'
import { look } from './look.ts'
import type { Person } from './person.ts'

const scene = chatScene()

/** The list's line of a conversation, with so many unread messages. */
const unread = ({ conversations }: Person, title: string, count: number) =>
  conversations.filter({ hasText: title }).getByText(`${count} unread`, { exact: true })

/** How many messages are unread, as the title of the page says. */
const inTitle = async ({ page }: Person): Promise<number> => Number(/^\((\d+)\) /.exec(await page.title())?.[1] ?? 0)

async function isRead(person: Person, title: string): Promise<void> {
  const line = person.conversations.filter({ hasText: title })
  await line.filter({ hasNotText: 'unread' }).waitFor()
}

it('[CHP23, CHP24, CHP25] two tabs and a phone of one user: one member, one unread count, read in one is read in all', async () => {
  const [hers, his] = await scene.team('tabs', 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  await hers.ask((space) =>
    space.request('conversation.create', { title: 'elsewhere', isOpen: false }, { key: 'elsewhere' }),
  )
  const first = await scene.come(hers, { at: 'tabs' })
  const second = await scene.open(first.context, 'tabs')
  const bob = await scene.come(his, { at: 'tabs' })
  await bob.button('2 here, show who').click()
  const here = bob.page.getByRole('list', { name: 'People who are here' }).getByRole('listitem')
  await expect.poll(() => here.locator('bdi').allTextContents()).toEqual(['Ada', 'Bob (you)'])
  await bob.button('Close').click()

  const phone = await scene.come(hers, { viewport: { width: 390, height: 844 } })
  await first.page.goto(`${scene.server.address}/chat/#elsewhere`)
  await second.page.goto(`${scene.server.address}/chat/#elsewhere`)
  await bob.button('1 here, show who').waitFor()
  const before = await inTitle(first)
  await bob.sayAll(['One.', 'Two.', 'Three.'])
  for (const page of [first, second, phone]) {
    await unread(page, 'tabs', 3).waitFor()
    await expect.poll(() => inTitle(page)).toBe(before + 3)
  }
  await second.conversations.filter({ hasText: 'tabs' }).getByRole('link').click()
  await second.seesStored('Three.')
  for (const page of [first, second, phone]) {
    await isRead(page, 'tabs')
    await expect.poll(() => inTitle(page)).toBe(before)
  }
})

it('[CHP11, CHP23] a page that nobody looks at reads nothing, and says where the new messages begin', async () => {
  const [hers, his] = await scene.team('hidden', 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const ada = await scene.come(hers, { at: 'hidden' })
  const bob = await scene.come(his, { at: 'hidden' })
  await bob.say('Seen.')
  await ada.seesStored('Seen.')
  await isRead(ada, 'hidden')
  await look(ada, 'hidden')
  await bob.sayAll(['Not seen.', 'Nor this.'])
  await unread(ada, 'hidden', 2).waitFor()
  await look(ada, 'visible')
  await isRead(ada, 'hidden')
  const lines = await ada.log.innerText()
  expect(lines.match(/New messages|Seen\.|Not seen\.|Nor this\./g)).toEqual([
    'Seen.',
    'New messages',
    'Not seen.',
    'Nor this.',
  ])
})
