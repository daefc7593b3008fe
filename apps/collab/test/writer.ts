import { isKeptOffline, PageReader } from '@millrace/app-design/test-kit'
import type { Locator } from 'playwright-core'
import { assert, vi } from 'vitest'

/** Longer than a server takes to start again on a busy machine, ms. */
const patience = { timeout: 30_000 }

/** Somebody in front of a page of documents, which is found by what it says: roles, names and texts. */
export class Writer extends PageReader {
  /** Where the text is written. */
  get text(): Locator {
    return this.page.getByRole('textbox', { name: 'Text of the document' })
  }

  get preview(): Locator {
    return this.page.getByRole('region', { name: 'Preview' })
  }

  get documents(): Locator {
    return this.page.getByRole('list', { name: 'Your documents' }).getByRole('listitem')
  }

  /** What the page says of the text's whereabouts. */
  get saving(): Locator {
    return this.page.locator('.save-state')
  }

  panel(name: 'Comments' | 'Versions'): Locator {
    return this.page.getByRole('complementary', { name })
  }

  /** From the button of the bar at the top. */
  async open(name: 'Comments' | 'Versions'): Promise<Locator> {
    await this.page
      .getByRole('banner')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click()
    await this.panel(name).waitFor()
    return this.panel(name)
  }

  /** The lines of the text as the editor shows them; remote names are no part of it. */
  lines(): Promise<string[]> {
    return this.text.locator('.cm-line').evaluateAll((lines) =>
      lines.map((line) => {
        const copy = line.cloneNode(true) as Element
        for (const caret of copy.querySelectorAll('.remote-caret')) caret.remove()
        return copy.textContent
      }),
    )
  }

  /** Puts the caret at the end of a line that contains it. */
  async goToLine(part: string): Promise<void> {
    await this.text.locator('.cm-line').filter({ hasText: part }).first().click()
    await this.page.keyboard.press('End')
  }

  /** Loads the page anew without a network: a connection that is there is only missed after a while. */
  async goOffline(): Promise<void> {
    await isKeptOffline(this.page)
    await this.context.setOffline(true)
    await this.page.reload()
    await this.says(/^Offline/)
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  async says(state: string | RegExp): Promise<void> {
    await this.saving.filter({ hasText: state }).waitFor(patience)
  }

  async seesLines(expected: readonly string[]): Promise<void> {
    await vi.waitFor(async () => assert.deepEqual(await this.lines(), [...expected]), patience)
  }
}
