import type { Person } from './person.ts'

/** As if the window went behind another one, or came back: a browser without a screen shows every page for ever. */
export async function look({ page }: Person, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
