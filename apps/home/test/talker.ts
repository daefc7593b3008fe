import { collectComplaints, isServerAway } from '@millrace/testing/browser'
import type { Browser, Locator, Page } from 'playwright-core'

/** Somebody who talks in the chat. */
export class Talker {
  readonly page: Page
  readonly name: string
  /** What the page complained about: errors, warnings, and breaches of its security policy. */
  readonly complaints: readonly string[]
  /** How often its WebSocket ended. */
  losses = 0

  private constructor(page: Page, name: string) {
    this.page = page
    this.name = name
    this.complaints = collectComplaints(page, { isExpected: isServerAway })
    page.on('websocket', (socket) => socket.on('close', () => (this.losses += 1)))
  }

  /** Enters with a name and is in a conversation that everybody is in. */
  static async enter(browser: Browser, address: string, name: string): Promise<Talker> {
    const page = await browser.newPage({ viewport: { width: 1_000, height: 3_000 } })
    const talker = new Talker(page, name)
    await page.goto(`${address}/chat/#random`)
    const field = page.getByRole('textbox', { name: 'Your name' })
    await field.fill(name)
    await field.press('Enter')
    await talker.#field.waitFor()
    await page.evaluate(noteAlerts)
    return talker
  }

  /** Messages that contain it. */
  message(text: string): Locator {
    return this.page.getByRole('log').getByRole('article').filter({ hasText: text })
  }

  async say(text: string): Promise<void> {
    await this.#field.fill(text)
    await this.#field.press('Enter')
  }

  /** The numbered messages that it sees, from top to bottom. */
  async seen(): Promise<string[]> {
    const texts = await this.page.getByRole('log').getByRole('article').allInnerTexts()
    return texts.flatMap((text) => text.match(/(Ada|Bob) says \d+\./g) ?? [])
  }

  /** Every alert that the page has shown since it was entered, and what was said of the connection. */
  notes(): Promise<readonly string[]> {
    return this.page.evaluate(() => (globalThis as unknown as Noting).notes)
  }

  get #field(): Locator {
    return this.page.getByRole('combobox', { name: /^Message to / })
  }
}

interface Noting {
  notes: string[]
}

/** Runs in the page. */
function noteAlerts(): void {
  const noting = globalThis as unknown as Noting
  noting.notes = []
  const look = (): void => {
    for (const element of document.querySelectorAll('[role="alert"], .mr-connection')) {
      const text = element.textContent.trim()
      if (text !== '' && !noting.notes.includes(text)) noting.notes.push(text)
    }
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
}
