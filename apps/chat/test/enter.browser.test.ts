import { sessionOf, storageStateOf } from '@millrace/app-design/test-kit'
import { startTcpProxy } from '@millrace/testing/faults'
import { expect, it } from 'vitest'
import { chatScene } from './chat-scene.ts'

const scene = chatScene()

it('[CHP1] a stranger is asked for a name, and is in after it; so are a reload and a second tab', async () => {
  const ada = await scene.open(await scene.browser.newContext())
  const name = ada.page.getByRole('textbox', { name: 'Your name' })
  await name.fill('Ada')
  expect(await ada.conversations.count()).toBe(0)
  await name.press('Enter')
  await ada.field.waitFor()
  // The first visit is not empty.
  for (const title of ['welcome', 'engineering', 'random']) await ada.conversations.filter({ hasText: title }).waitFor()
  await ada.log.getByRole('article').first().waitFor()
  await ada.page.reload()
  await ada.field.waitFor()
  expect(await name.count()).toBe(0)
  const tab = await scene.open(ada.context)
  await tab.field.waitFor()
  await tab.page.getByText('Ada', { exact: true }).first().waitFor()
})

it.each([
  ['   ', /^A name has 1 to 40 characters; write one\.$/],
  ['<script>alert(1)</script>', /^A name has no < and no >; choose another\.$/],
  ['\u202Eada', /^A name stands on one line, without control characters; choose another\.$/],
])('[CHP2, CHP16] the name %o is refused in a sentence beside its field', async (bad, sentence) => {
  const visitor = await scene.open(await scene.browser.newContext())
  const name = visitor.page.getByRole('textbox', { name: 'Your name' })
  await name.fill(bad)
  await visitor.button('Enter the chat').click()
  await visitor.page.getByRole('alert').filter({ hasText: sentence }).waitFor()
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true')
  const described = await name.getAttribute('aria-describedby')
  await expect.poll(() => visitor.page.locator(`[id="${described}"]`).textContent()).toMatch(sentence)
  expect(await visitor.context.cookies()).toEqual([])
})

it('[CHP3] signing out ends the session; with changes that wait it asks first', async () => {
  const [hers] = await scene.team('leaving', 'Ada')
  if (!hers) throw new Error('one person')
  const ada = await scene.come(hers, { at: 'leaving' })
  const signOut = async () => {
    await ada.button('You').click()
    await ada.page.getByRole('menuitem', { name: 'Sign out' }).click()
  }
  await ada.isKeptOffline()
  await ada.context.setOffline(true)
  await ada.say('This waits.')
  await ada.message('This waits.').filter({ hasText: 'Waiting to be sent' }).waitFor()
  await signOut()
  const dialog = ada.page.getByRole('dialog', { name: 'Sign out?' })
  await dialog.getByText('1 of your changes').waitFor()
  await dialog.getByRole('button', { name: 'Stay' }).click()
  await ada.context.setOffline(false)
  await ada.seesStored('This waits.')
  await ada.banner.waitFor({ state: 'hidden' })
  await signOut()
  await ada.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  await ada.page.reload()
  await ada.page.getByRole('textbox', { name: 'Your name' }).waitFor()
  expect(await ada.context.cookies()).toEqual([])
})

it('[APP49] a tab whose browser became somebody else sends nothing of its user, and is theirs from then on', async () => {
  await using network = await startTcpProxy(Number(new URL(scene.server.address).port))
  const address = `http://localhost:${network.port}`
  const visitor = await sessionOf(address, 'Ada')
  const context = await scene.browser.newContext({ storageState: storageStateOf(address, visitor) })
  const ada = await scene.open(context, 'welcome', address)
  await ada.isKeptOffline()
  network.refuse()
  network.reset()
  await ada.banner.waitFor()
  await ada.say('This is from Ada.')
  await ada.message('This is from Ada.').filter({ hasText: 'Waiting to be sent' }).waitFor()

  // As another tab does it.
  const cookies = await context.cookies()
  await context.clearCookies()
  const data = { name: 'Bob', browserKey: visitor.auth.browserKey }
  await context.request.post(`${scene.server.address}/session`, { data })
  const loaded = ada.page.waitForEvent('load')
  network.restore()
  await loaded
  await ada.field.waitFor()
  await ada.page.getByText('Bob', { exact: true }).first().waitFor()
  await ada.say('This is from Bob.')
  await ada.seesStored('This is from Bob.')
  expect(await ada.inOrder(/This is from \w+\./)).toEqual(['This is from Bob.'])

  // What is Ada's has waited for her.
  await context.clearCookies()
  await context.addCookies(cookies)
  await ada.page.reload()
  await ada.seesStored('This is from Ada.')
  expect(await ada.inOrder(/This is from \w+\./)).toEqual(['This is from Bob.', 'This is from Ada.'])
})

it('[CHP2] a stolen cookie and one of another server are refused, and the page says what to do', async () => {
  const { user, storageState, ask } = await scene.account('Ada')
  const [cookie] = storageState.cookies
  if (!cookie) throw new Error('a cookie')
  const thief = await scene.browser.newContext({ storageState: { cookies: [cookie], origins: [] } })
  const atThief = await scene.open(thief, 'welcome')
  await atThief.page.getByText('This session belongs to another browser; enter your name again.').waitFor()
  expect(await atThief.log.count()).toBe(0)
  const forged = { ...cookie, value: `${cookie.value.slice(0, -6)}AAAAAA` }
  const forger = await scene.browser.newContext({ storageState: { ...storageState, cookies: [forged] } })
  const atForger = await scene.open(forger, 'welcome')
  await atForger.page.getByText('This session was not made by this server; enter your name again.').waitFor()
  await atForger.page.getByRole('textbox', { name: 'Your name' }).fill('Eve')
  await atForger.page.keyboard.press('Enter')
  await atForger.log.getByRole('article').first().waitFor()
  // Neither became Ada.
  const [eve, ...others] = await ask((space) => space.request('people.search', { query: 'Eve' }))
  expect(eve?.name).toBe('Eve')
  expect(eve?.id).not.toBe(user.id)
  expect(others).toEqual([])
})
