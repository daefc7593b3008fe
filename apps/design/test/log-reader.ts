import type { Locator, Page } from 'playwright-core'

export const log = (page: Page): Locator => page.getByRole('log')
export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click()

/** Keys that reach what has the focus within one task: before anything was measured or painted. */
export const pressAtOnce = (page: Page, keys: readonly string[]): Promise<void> =>
  page.evaluate((all) => {
    for (const key of all) document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  }, keys)

/** Pixels between what is in view and the end. */
export const toEnd = (page: Page): Promise<number> =>
  log(page).evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)

/** Waits until the row is there, and wholly in view. */
export async function sees(page: Page, n: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const row = document.querySelector(`.message[data-n="${wanted}"]`)?.getBoundingClientRect()
    const frame = document.querySelector('[role=log]')?.getBoundingClientRect()
    return row && frame && row.top >= frame.top - 1 && row.bottom <= frame.bottom + 1
  }, n)
}

/** The place of a row in the window, px. */
export const placeOf = (page: Page, n: number): Promise<number> =>
  page.locator(`.message[data-n="${n}"]`).evaluate((row) => row.getBoundingClientRect().top)

/** The first row that is wholly in view. */
export const firstInView = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const top = document.querySelector('[role=log]')?.getBoundingClientRect().top ?? 0
    const rows = [...document.querySelectorAll<HTMLElement>('.message')]
    return Number(rows.find((row) => row.getBoundingClientRect().top >= top)?.dataset.n)
  })

/** Scrolls as a reader does, and waits until the list has taken note. */
export async function wheel(page: Page, by: number): Promise<void> {
  const before = await log(page).evaluate(({ scrollTop }) => scrollTop)
  await log(page).hover()
  await page.mouse.wheel(0, by)
  await page.waitForFunction((from) => document.querySelector('[role=log]')?.scrollTop !== from, before)
  await atRest(page)
}

/** The offset and the rows stay the same for some frames. */
export function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const look = (): string => {
      const element = document.querySelector('[role=log]')
      return `${element?.scrollTop} ${element?.scrollHeight} ${element?.querySelectorAll('.message').length}`
    }
    const frame = (): Promise<number> => new Promise(requestAnimationFrame)
    for (let same = 0, last = ''; same < 20; await frame()) {
      const now = look()
      same = now === last ? same + 1 : 0
      last = now
    }
  })
}
