import { isKeptOffline, PageReader } from '@millrace/app-design/test-kit'
import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'

/** Longer than a server takes to start again on a busy machine, ms. */
const patience = { timeout: 30_000 }

/** Somebody in front of a page of the chat, which is found by what it says: roles, names and texts. */
export class Person extends PageReader {
  get log(): Locator {
    return this.page.getByRole('log')
  }

  /** Where messages are written and edited. */
  get field(): Locator {
    return this.page.getByRole('combobox', { name: /^(Message to |Edit your message$)/ })
  }

  get conversations(): Locator {
    return this.page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')
  }

  /** The line that says that there is no connection. */
  get banner(): Locator {
    return this.page
      .getByRole('main')
      .getByRole('status')
      .filter({ hasText: /offline|Connecting|kept/ })
  }

  /** Writes into the field and sends. */
  async say(text: string): Promise<void> {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  /** Says one after the other, without waiting for the server. */
  async sayAll(texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.say(text)
  }

  /** Messages that contain it. */
  message(text: string | RegExp): Locator {
    return this.log.getByRole('article').filter({ hasText: text })
  }

  /** Waits until the page shows the message, and that the server has it. */
  async seesStored(text: string): Promise<void> {
    await this.message(text).filter({ hasNotText: 'Waiting to be sent' }).last().waitFor(patience)
  }

  /** Chooses one of a message's actions: `Reply`, `Edit`, `Delete`, an emoji. */
  async act(text: string, action: string): Promise<void> {
    const message = this.message(text).last()
    await message.hover()
    const bar = message.getByRole('group', { name: /^Actions for the message of / })
    await bar.getByRole('button', { name: action, exact: true }).click()
  }

  /** What fits, of everything in the log from top to bottom. Only what is near the window is in the page. */
  async inOrder(pattern: RegExp): Promise<string[]> {
    const texts = await this.log.getByRole('article').allInnerTexts()
    return texts.flatMap((text) => text.match(new RegExp(pattern, 'g')) ?? [])
  }

  /**
   * Has time pass at once, ms, for a page with a clock of its own. What the page is writing to its disk would be late by that
   * clock: it waits until the browser has so many changes.
   */
  async letPass(ms: number, keptChanges: number): Promise<void> {
    await vi.waitUntil(async () => (await keptIn(this.page)) === keptChanges, patience)
    await this.page.clock.fastForward(ms)
  }

  /** Waits until the page is one that opens without a server. */
  isKeptOffline(): Promise<void> {
    return isKeptOffline(this.page)
  }
}

/** Changes that wait in the databases of the browser. */
function keptIn(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('no answer'))
      })
    const counts = (await indexedDB.databases()).map(async ({ name = '' }) => {
      const database = await done(indexedDB.open(name))
      const table = 'requests'
      const isOutbox = database.objectStoreNames.contains(table)
      const count = isOutbox ? await done(database.transaction(table).objectStore(table).count()) : 0
      database.close()
      return count
    })
    return (await Promise.all(counts)).reduce((total, count) => total + count, 0)
  })
}
