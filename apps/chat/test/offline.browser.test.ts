import { expect, it, vi } from 'vitest'
import { chatScene } from './chat-scene.ts'
import type { Person } from './person.ts'

const scene = chatScene()
const viewport = { width: 1_000, height: 1_600 }
const kept = ['Kept 1.', 'Kept 2.', 'Kept 3.']

async function start(id: string) {
  const [hers, his] = await scene.team(id, 'Ada', 'Bob')
  if (!hers || !his) throw new Error('two people')
  const ada = await scene.come(hers, { at: id, viewport, hasClock: true })
  const bob = await scene.come(his, { at: id, viewport })
  await ada.say('From Ada, with a mistaek.')
  await bob.seesStored('mistaek')
  await bob.say('From Bob.')
  await ada.seesStored('From Bob.')
  await ada.isKeptOffline()
  return { ada, bob }
}

/** Three messages, an edit and a reaction, in a minute in which there is no server, with a reload in between. */
async function writeOffline(ada: Person): Promise<void> {
  await ada.act('mistaek', 'Edit')
  await ada.field.fill('From Ada, without a mistake.')
  await ada.field.press('Enter')
  await ada.say(kept[0] ?? '')
  await ada.act('From Bob.', '👍')
  await ada.say(kept[1] ?? '')
  for (const text of ['without a mistake', 'Kept 1.', 'Kept 2.'])
    await ada.message(text).filter({ hasText: 'Waiting to be sent' }).waitFor()
  await ada.message('From Bob.').getByRole('button', { name: '👍 1', pressed: true }).waitFor()
  await ada.page.reload()
  await ada.banner.filter({ hasText: '4 changes are kept and will be sent.' }).waitFor()
  await ada.say(kept[2] ?? '')
  await ada.letPass(60_000, 5)
  await ada.banner.filter({ hasText: '5 changes are kept and will be sent.' }).waitFor()
  await expect.poll(() => ada.inOrder(/Kept \d\./)).toEqual(kept)
}

async function isWhole(person: Person): Promise<void> {
  for (const text of ['without a mistake', 'From Bob.', ...kept]) await person.seesStored(text)
  await person.message('From Bob.').getByRole('button', { name: '👍 1' }).waitFor()
  await person.banner.waitFor({ state: 'hidden' })
  const everything = ['without a mistake', 'From Bob.', ...kept]
  await expect
    .poll(() => person.inOrder(/without a mistake|mistaek|From Bob\.|Kept \d\.|Meanwhile\./))
    .toEqual(everything)
}

it('[CHP17, CHP18, CHP20] without a server for a minute, and loaded anew: each change arrives once and in order', async () => {
  const { ada, bob } = await start('away')
  await scene.killServer()
  await writeOffline(ada)
  await scene.startAgain()
  await isWhole(ada)
  await isWhole(bob)
})

it('[CHP17, CHP18, CHP20] without a network for a minute, and loaded anew: each change arrives once and in order', async () => {
  const { ada, bob } = await start('cut')
  await ada.context.setOffline(true)
  await writeOffline(ada)
  expect(await bob.inOrder(/mistaek|Kept \d\./)).toEqual(['mistaek'])
  await ada.context.setOffline(false)
  await isWhole(ada)
  await isWhole(bob)
})

it('[DSG45] a file that comes after the page is kept offline is kept too', async () => {
  const context = await scene.browser.newContext()
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  await context.route(/\/assets\/.*\.svg$/, async (route) => {
    await released
    await route.continue()
  })
  const { page } = await scene.open(context)
  const logo = page.locator('img[src$=".svg"]')
  const address = await logo.evaluate((image: HTMLImageElement) => image.src)
  const hasCopy = (of: string): Promise<boolean> =>
    page.evaluate(async (name) => (await caches.match(name)) !== undefined, of)
  await vi.waitUntil(() => hasCopy('/chat/'))
  expect(await hasCopy(address)).toBe(false)
  release()
  await vi.waitUntil(() => hasCopy(address), { timeout: 10_000 })
  await context.setOffline(true)
  await page.reload()
  await vi.waitUntil(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth > 0))
})
