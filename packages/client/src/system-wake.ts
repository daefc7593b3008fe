import type { Wake } from './client-core.ts'

/** How often the clock is looked at, and by how much a look must be late to mean that the machine slept, ms. */
const tickMs = 5_000
const sleptMs = 15_000

/** What of a browser's `window` tells that the page is back; a Node process has none of it. */
export interface Page extends Partial<EventTarget> {
  readonly document?: { readonly visibilityState: string }
}

/** The network came back, the page is seen again or restored, or the clock jumped because the machine slept. */
export function systemWake(page: Page): Wake {
  return {
    subscribe(woke) {
      const seen = () => {
        if (page.document?.visibilityState !== 'hidden') woke()
      }
      const types = ['online', 'pageshow', 'visibilitychange']
      for (const type of types) page.addEventListener?.(type, seen)
      let last = Date.now()
      const timer = setInterval(() => {
        const isLate = Date.now() - last > tickMs + sleptMs
        last = Date.now()
        if (isLate) woke()
      }, tickMs)
      return () => {
        clearInterval(timer)
        for (const type of types) page.removeEventListener?.(type, seen)
      }
    },
  }
}
