import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxPage } from './fixtures/outbox-page.ts'
import { OutboxSite } from './support/outbox-site.ts'
import { storeCases } from './support/outbox-store-cases.ts'

declare const outboxPage: OutboxPage

const database = 'millrace outbox page /desk'
let site: OutboxSite

/** A browser profile of its own. */
async function profile() {
  const context = await site.browser.newContext()
  return {
    context,
    async open(prepare?: () => void): Promise<Page> {
      const page = await context.newPage()
      if (prepare) await page.addInitScript(prepare)
      await site.visit(page)
      return page
    },
    [Symbol.asyncDispose]: () => context.close(),
  }
}

async function say(page: Page, ...texts: readonly string[]): Promise<readonly string[]> {
  const keys: string[] = []
  for (const text of texts) keys.push(await page.evaluate((said) => outboxPage.say(said), text))
  return keys
}

/** Resolves once exactly these wait, in this order. */
async function waitFor(page: Page, texts: readonly string[]): Promise<void> {
  await page.waitForFunction((expected) => JSON.stringify(outboxPage.waiting()) === expected, JSON.stringify(texts))
}

/** Resolves once so many requests are in the database. */
async function stored(page: Page, count: number): Promise<void> {
  await page.waitForFunction(
    async ([name, expected]) => {
      const opened = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name)
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('no database'))
      })
      const counted = await new Promise<number>((resolve) => {
        const request = opened.transaction('requests').objectStore('requests').count()
        request.onsuccess = () => resolve(request.result)
      })
      opened.close()
      return counted === expected
    },
    [database, count] as const,
  )
}

const errorsOf = (page: Page) => page.evaluate(() => outboxPage.errors)

beforeAll(async () => {
  site = await OutboxSite.open()
})

afterAll(() => site[Symbol.asyncDispose]())

beforeEach(async () => {
  await site.goOffline()
  site.rules.runs.length = 0
})

describe('indexedDbOutbox in Chromium', () => {
  it.each(storeCases.map(({ title }, index) => [title, index] as const))('%s', async (_title, index) => {
    await using one = await profile()
    const page = await one.open()
    expect(await page.evaluate((at) => outboxPage.runCase(at), index)).toBe('')
  })

  it('[KEP19] what waits offline survives a reload, and arrives once, in order, with its keys', async () => {
    await using one = await profile()
    const page = await one.open()
    const keys = [...(await say(page, '1', '2'))]
    keys.push(await page.evaluate(() => outboxPage.file([0, 128, 255])))
    keys.push(...(await say(page, '3')))
    await stored(page, 4)
    await page.reload()
    await waitFor(page, ['1', '2', 'f', '3'])
    keys.push(...(await say(page, '4')))
    await site.goOnline()
    await waitFor(page, [])
    expect(site.rules.runs.map(({ key }) => key)).toEqual(keys)
    const files = site.rules.runs.flatMap(({ input }) => [...((input as { file?: Uint8Array }).file ?? [])])
    expect(files).toEqual([0, 128, 255])
    await expect.poll(() => page.evaluate(() => outboxPage.answers)).toEqual(['1', '2', 'file:3', '3', '4'])
    await stored(page, 0)
    expect(await errorsOf(page)).toEqual([])
  })

  it('[KEP16, KEP19] two tabs send what is their own; what a closed one leaves, the other sends', async () => {
    await using one = await profile()
    const first = await one.open()
    const second = await one.open()
    const third = await one.open()
    await say(first, '1', '2')
    await say(second, '3')
    await stored(second, 3)
    await waitFor(second, ['3'])
    await waitFor(third, [])
    await third.close()
    await first.close()
    await waitFor(second, ['1', '2', '3'])
    await site.goOnline()
    await waitFor(second, [])
    expect(site.texts).toEqual(['1', '2', '3'])
    await expect.poll(() => second.evaluate(() => outboxPage.answers)).toEqual(['1', '2', '3'])
    expect(await errorsOf(second)).toEqual([])
  })

  it('[KEP16] an older tab takes over from a newer one, too', async () => {
    await using one = await profile()
    const older = await one.open()
    const newer = await one.open()
    await say(newer, '1')
    await stored(newer, 1)
    await newer.close()
    await waitFor(older, ['1'])
  })

  it('[KEP17] drops what is damaged, and records that no outbox wrote', async () => {
    await using one = await profile()
    const page = await one.open()
    await say(page, 'good')
    await stored(page, 1)
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('requests', 'readwrite')
            const requests = transaction.objectStore('requests')
            requests.put({ key: 'bad', room: 'talk' }, ['dead tab', 'bad'])
            requests.put('text', ['dead tab', 'text'])
            requests.put('text', 7)
            requests.put('text', ['dead tab', 7])
            transaction.oncomplete = () => resolve()
            transaction.onabort = () => reject(new Error('not written'))
          }
        }),
      database,
    )
    await page.reload()
    await waitFor(page, ['good'])
    await stored(page, 1)
    expect((await errorsOf(page)).sort()).toEqual([
      'the kept request bad was dropped: it is damaged',
      'the kept request text was dropped: it is damaged',
    ])
    await site.goOnline()
    await waitFor(page, [])
    expect(site.texts).toEqual(['good'])
  })

  it('[KEP2] goes on in a new database after somebody cleared the old one', async () => {
    await using one = await profile()
    const page = await one.open()
    await say(page, '1')
    await stored(page, 1)
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase(name)
          request.onsuccess = () => resolve()
          request.onerror = () => reject(request.error ?? new Error('not deleted'))
        }),
      database,
    )
    await say(page, '2')
    await stored(page, 1)
    await page.reload()
    await waitFor(page, ['2'])
    expect(await errorsOf(page)).toEqual([])
  })

  it.each([
    {
      what: 'Web Locks',
      prepare: () => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }),
      why: 'this page has no Web Locks, which browsers give to https and localhost only',
    },
    {
      what: 'IndexedDB',
      prepare: () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
      why: 'this environment has no IndexedDB',
    },
    {
      what: 'leave to use IndexedDB',
      prepare: () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('denied by the user', 'SecurityError')
        }
      },
      why: 'denied by the user',
    },
    {
      what: 'space left',
      prepare: () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('the quota is exceeded', 'QuotaExceededError')
        }
      },
      why: 'the quota is exceeded',
    },
  ])('[KEP2, KEP20] without $what: it says so once and goes on in memory', async ({ prepare, why }) => {
    await using one = await profile()
    const page = await one.open(prepare)
    await say(page, '1', '2')
    await site.goOnline()
    await waitFor(page, [])
    expect(site.texts).toEqual(['1', '2'])
    const [error, ...more] = await errorsOf(page)
    expect(error).toBe(`requests are not kept: ${why}; they are sent all the same, and lost if the page ends first`)
    expect(more).toEqual([])
  })
})
