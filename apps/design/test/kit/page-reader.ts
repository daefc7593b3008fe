import type { BrowserContext, Locator, Page } from 'playwright-core'

/** Somebody in front of a page, which is found by what it says: roles, names and texts. */
export class PageReader {
  readonly page: Page
  /** What the page complained about: errors, and breaches of its security policy. */
  readonly complaints: readonly string[]

  constructor(page: Page, complaints: readonly string[]) {
    this.page = page
    this.complaints = complaints
  }

  get context(): BrowserContext {
    return this.page.context()
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }
}
