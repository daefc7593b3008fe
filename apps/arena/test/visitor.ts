import { collectComplaints, isServerAway } from '@millrace/testing/browser'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

/** Somebody at the page, with a browser profile of their own. */
export class Visitor {
  readonly page: Page
  /** What the page complained about: errors, warnings, and breaches of its security policy. */
  readonly complaints: readonly string[]

  constructor(page: Page) {
    this.page = page
    this.complaints = collectComplaints(page, { isExpected: isServerAway })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** Takes a boat, and waits until it is on the water. */
  async play(name: string): Promise<void> {
    await this.page.getByLabel('Name').fill(name)
    await this.button('Play').click()
    await this.ownScore().waitFor()
  }

  scores(): Promise<string[]> {
    return this.page.locator('.scores li').allInnerTexts()
  }

  ownScore(): Locator {
    return this.page.locator('.scores li[data-own]')
  }

  /** Where the own boat is drawn. */
  async place(): Promise<{ readonly x: number; readonly y: number }> {
    const [x, y] = await this.page.locator('canvas').evaluate(({ dataset }) => [Number(dataset.x), Number(dataset.y)])
    return { x: x ?? Number.NaN, y: y ?? Number.NaN }
  }

  /** What stands beside this name, and its number. */
  async fact(name: string): Promise<number> {
    const text = await this.page
      .locator('.line dl > div', { has: this.page.getByText(name, { exact: true }) })
      .innerText()
    return Number.parseFloat(text.replace(name, ''))
  }
}

export async function visit(browser: Browser, url: string, profile: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1024, height: 640 }, ...profile })
  const visitor = new Visitor(await context.newPage())
  await visitor.page.goto(`${url}/arena/`)
  await visitor.page
    .getByText(/^Round \d+/)
    .first()
    .waitFor()
  return visitor
}
