import type { Page } from 'playwright-core'

/** Somebody with a keyboard and no mouse. */
export class Keys {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
  }

  /** What names the thing that has the focus, up to 80 characters. */
  focused(): Promise<string> {
    return this.#page.evaluate(() => {
      let element = document.activeElement
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
      const byId = document.getElementById(element?.getAttribute('aria-labelledby') ?? '')
      const label = byId ?? (element as Partial<HTMLInputElement> | null)?.labels?.[0] ?? element
      const named = label?.cloneNode(true) as Element | undefined
      for (const hidden of named?.querySelectorAll('[aria-hidden=true]') ?? []) hidden.remove()
      return (element?.getAttribute('aria-label') ?? named?.textContent ?? '').trim().slice(0, 80)
    })
  }

  /**
   * Goes on with a key until something of that name has the focus.
   *
   * @throws Error that names what had it, where 60 steps do not lead there.
   */
  async go(key: string, name: string | RegExp): Promise<void> {
    const passed: string[] = []
    while (passed.length < 60) {
      await this.#page.keyboard.press(key)
      const focused = await this.focused()
      if (typeof name === 'string' ? focused === name : name.test(focused)) return
      passed.push(focused)
    }
    throw new Error(`the key ${key} does not lead to ${String(name)}, but to ${[...new Set(passed)].join(' | ')}`)
  }

  tabTo(name: string | RegExp): Promise<void> {
    return this.go('Tab', name)
  }

  tabBackTo(name: string | RegExp): Promise<void> {
    return this.go('Shift+Tab', name)
  }
}
