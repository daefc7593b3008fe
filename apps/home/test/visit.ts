import { collectComplaints, isServerAway } from '@millrace/testing/browser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** Somebody who looks at the home page, with a browser profile of their own. */
export class Visitor {
  readonly page: Page
  /** What the page complained about: errors, warnings, and breaches of its security policy. */
  readonly complaints: readonly string[]

  constructor(page: Page, complaints: readonly string[]) {
    this.page = page
    this.complaints = complaints
  }

  button(name: string) {
    return this.page.getByRole('button', { name })
  }

  /** The number beside this name. */
  async count(name: string): Promise<number> {
    const text = await this.value(name)
    return Number(text.replaceAll(',', ''))
  }

  async value(name: string): Promise<string> {
    const term = this.page.locator('#break dl > div', { has: this.page.getByText(name, { exact: true }) })
    return (await term.locator('dd').textContent()) ?? ''
  }

  /** The number of the newest event, and how many were received until then. */
  async edge(): Promise<{ readonly last: number; readonly received: number }> {
    const texts = await this.page.evaluate(() => [
      document.querySelector('.lead-live')?.textContent,
      document.querySelector('#break dl dd')?.textContent,
    ])
    const [last = NaN, received = NaN] = texts.map((text) => Number(text?.replaceAll(/\D/g, '')))
    return { last, received }
  }

  async status(): Promise<string> {
    return (await this.page.locator('#break').getByRole('status').first().textContent()) ?? ''
  }

  /** What stands behind a word in the panel's head: the id of the connection, or of the server's process. */
  async idOf(what: 'connection' | 'server process'): Promise<string> {
    const text = await this.page.getByText(new RegExp(`^${what} \\S+$`)).textContent()
    return text?.slice(what.length + 1) ?? ''
  }
}

/** Opens the page and waits until events arrive. */
export async function visit(browser: Browser, address: string, profile: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(profile)
  const page = await context.newPage()
  const complaints = collectComplaints(page, { isExpected: isServerAway })
  await page.goto(address)
  await page.getByText(/^live from this server: event /).waitFor()
  return new Visitor(page, complaints)
}
