import type { Wake } from './client-core.ts'

/** How often the clock is looked at, and by how much a look must be late to mean that the machine slept, ms. */
const tickMs = 5_000
const sleptMs = 15_000

/** What tells of a page that comes back; a Node process has none of it. */
export interface Page {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

/** The network came back, the page is seen again or restored, or the clock jumped because the machine slept. */
export function systemWake(window: Page | undefined, document: (Page & { readonly visibilityState: string }) | undefined): Wake {
  return {
    subscribe(woke) {
      const seen = () => {
        if (document?.visibilityState === 'visible') woke()
      }
      window?.addEventListener('online', woke)
      window?.addEventListener('pageshow', woke)
      document?.addEventListener('visibilitychange', seen)
      let last = Date.now()
      const timer = setInterval(() => {
        const isLate = Date.now() - last > tickMs + sleptMs
        last = Date.now()
        if (isLate) woke()
      }, tickMs)
      return () => {
        clearInterval(timer)
        window?.removeEventListener('online', woke)
        window?.removeEventListener('pageshow', woke)
        document?.removeEventListener('visibilitychange', seen)
      }
    },
  }
}
