import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { enter, launchBrowser, type EnterOptions, type Person } from './people.ts'
import { refuseUpgrades } from './refuse-upgrades.ts'
import { startServer, type RunningServer } from './start-server.ts'

let browser: Browser
let folder: string
let server: RunningServer

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-chat-'))
  server = await startServer(folder)
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await server.kill()
  rmSync(folder, { recursive: true })
})

const come = (name: string, options?: EnterOptions) => enter(browser, server.address, name, options)
const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word} ${index + 1}.`)

async function sayAll(person: Person, texts: readonly string[]): Promise<void> {
  for (const text of texts) await person.say(text)
}

it('[APP12] two people see each other, who types, and all messages in one order', async () => {
  const ada = await come('Ada')
  const bob = await come('Bob')
  await ada.page.locator('#people bdi', { hasText: 'Bob' }).waitFor()
  await bob.field.pressSequentially('He')
  await ada.sees('Bob is typing…')
  await bob.field.fill('')
  const [ofAda, ofBob] = [numbered('Ada', 10), numbered('Bob', 10)]
  await Promise.all([sayAll(ada, ofAda), sayAll(bob, ofBob)])
  for (const person of [ada, bob]) await Promise.all(['Ada 10.', 'Bob 10.'].map((text) => person.seesPosted(text)))
  const seen = await ada.texts()
  expect(await bob.texts()).toEqual(seen)
  expect(seen.filter((text) => text.startsWith('Ada'))).toEqual(ofAda)
  expect(seen.filter((text) => text.startsWith('Bob'))).toEqual(ofBob)
  await bob.close()
  await ada.page.locator('#people-count', { hasText: /^1$/ }).waitFor()
  expect(ada.complaints).toEqual([])
})

it('[APP13, APP22] what is typed while the killed server is away arrives once, in order', async () => {
  const ada = await come('Ada')
  const bob = await come('Bob')
  await ada.say('Before.')
  await bob.seesPosted('Before.')
  // The last of these are on their way while the server dies.
  const [ofAda, ofBob] = [numbered('Ada', 12), numbered('Bob', 12)]
  await Promise.all([sayAll(ada, ofAda.slice(0, 6)), sayAll(bob, ofBob.slice(0, 6))])
  await server.kill()
  await Promise.all([sayAll(ada, ofAda.slice(6)), sayAll(bob, ofBob.slice(6))])
  await ada.page
    .getByRole('status')
    .getByText(/^Offline: waiting for the server, ([6-9]|1[0-2]) unsent\.$/)
    .waitFor()
  expect(await ada.page.getByText('Waiting for the connection').count()).toBeGreaterThanOrEqual(6)
  server = await startServer(folder, server.port)
  for (const person of [ada, bob]) {
    await Promise.all(['Ada 12.', 'Bob 12.'].map((text) => person.seesPosted(text)))
    await person.page.getByRole('status').getByText('Connected again.').waitFor()
  }
  const seen = await ada.texts()
  expect(await bob.texts()).toEqual(seen)
  expect(seen[0]).toBe('Before.')
  expect(seen.filter((text) => text.startsWith('Ada'))).toEqual(ofAda)
  expect(seen.filter((text) => text.startsWith('Bob'))).toEqual(ofBob)
  expect(await ada.page.locator('.message:not(.posted)').count()).toBe(0)
})

it('[APP14, APP7] what people write is text, and the page keeps to its security policy', async () => {
  const dangerous = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
  const ada = await come('<b>Ada</b>')
  const bob = await come('Bob')
  await ada.say(dangerous)
  await ada.say('javascript:alert(1) &amp; [link](javascript:alert(2))')
  await bob.seesPosted('javascript:alert(1)')
  expect(await bob.texts()).toEqual([dangerous, 'javascript:alert(1) &amp; [link](javascript:alert(2))'])
  expect(await bob.page.locator('.message-author').first().textContent()).toBe('<b>Ada</b>')
  expect(await bob.page.locator('#log :is(img, script, b, a), #people b').count()).toBe(0)
  expect(await bob.page.title()).toBe('#lobby - Millrace')
  expect([...ada.complaints, ...bob.complaints]).toEqual([])
})

it('[APP15] loaded again, the page shows the newest and then older messages, each once', async () => {
  const ada = await come('Ada', { viewport: { width: 900, height: 500 } })
  const texts = numbered('Line', 99)
  await sayAll(ada, texts)
  await ada.seesPosted('Line 99.')
  await ada.page.reload()
  await ada.seesPosted('Line 99.')
  const first = await ada.texts()
  expect(first.length).toBeLessThan(99)
  expect(first).toEqual(texts.slice(-first.length))
  await ada.page.locator('#scroll').evaluate((scroll) => scroll.scrollTo(0, 0))
  await ada.seesPosted('Line 1.')
  expect(await ada.texts()).toEqual(texts)
  // The reader's place was kept, so that what was at the top is still near it.
  expect(await ada.page.locator('#scroll').evaluate((scroll) => scroll.scrollTop)).toBeGreaterThan(500)
})

it('[APP17] where the history is gone, the page shows what there is now', async () => {
  const ada = await come('Ada')
  await ada.say('Old.')
  await ada.seesPosted('Old.')
  await server.kill()
  rmSync(folder, { recursive: true })
  await ada.say('Typed while it was away.')
  server = await startServer(folder, server.port)
  await ada.seesPosted('Typed while it was away.')
  expect(await ada.texts()).toEqual(['Typed while it was away.'])
  const bob = await come('Bob')
  await bob.say('New.')
  await ada.seesPosted('New.')
  expect(await ada.texts()).toEqual(['Typed while it was away.', 'New.'])
})

it('[APP18] works where WebSocket is refused', async () => {
  const proxy = refuseUpgrades(server.address)
  await new Promise<void>((resolve) => proxy.listen(0, resolve))
  onTestFinished(() => {
    proxy.close()
    proxy.closeAllConnections()
  })
  const ada = await enter(browser, `http://localhost:${(proxy.address() as AddressInfo).port}`, 'Ada')
  const bob = await come('Bob')
  await ada.say('Through the proxy.')
  await bob.seesPosted('Through the proxy.')
  await bob.say('I can see it.')
  await ada.seesPosted('I can see it.')
})

it('[APP19] the address names the room, and rooms that nobody looks at count what is unread', async () => {
  const ada = await come('Ada', { room: 'my%20room' })
  const bob = await come('Bob', { room: 'my-room' })
  await bob.say('Only here.')
  await ada.seesPosted('Only here.')
  await ada.page.getByRole('link', { name: '# random' }).click()
  await ada.page.getByText('Nobody has written here yet.').waitFor()
  expect(await ada.page.title()).toBe('#random - Millrace')
  await bob.say('Unread.')
  await ada.page.getByRole('link', { name: '# my-room 1 unread' }).click()
  await ada.seesPosted('Unread.')
  expect(await ada.texts()).toEqual(['Only here.', 'Unread.'])
  expect(await ada.page.locator('.badge').count()).toBe(0)
})

it('[APP16] after 10 minutes without a server a message says why it failed, and arrives once when it is sent again', async () => {
  const ada = await come('Ada', { hasClock: true })
  await server.kill()
  await ada.say('Too late.')
  await ada.say('Not meant.')
  await ada.page.getByText('Waiting for the connection').nth(1).waitFor()
  await ada.page.clock.fastForward('10:01')
  const failed = ada.page.locator('.message.failed')
  await failed.getByText('Not sent: there was no connection.').nth(1).waitFor()
  expect(await ada.page.getByRole('button', { name: 'Rename' }).isDisabled()).toBe(true)
  await failed.last().getByRole('button', { name: 'Discard' }).click()
  server = await startServer(folder, server.port)
  await failed.getByRole('button', { name: 'Try again' }).click()
  await ada.seesPosted('Too late.')
  const bob = await come('Bob')
  await bob.seesPosted('Too late.')
  expect([await ada.texts(), await bob.texts()]).toEqual([['Too late.'], ['Too late.']])
  expect(await ada.page.getByRole('button', { name: 'Rename' }).isDisabled()).toBe(false)
})
