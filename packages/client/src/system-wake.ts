import type { Wake } from './client-core.ts'

/** How often the clock is looked at, and by how much a look must be late to mean that the machine slept, ms. */
const tickMs = 5_000
const sleptMs = 15_000

/** The network came back, the page is seen again or restored, or the clock jumped because the machine slept. */
export function systemWake(window?: EventTarget, document?: EventTarget & { readonly visibilityState: string }): Wake {
  return {
    subscribe(woke) {
      const seen = () => {
        if (document?.visibilityState !== 'hidden') woke()
      }
      const sources = [[window, 'online'], [window, 'pageshow'], [document, 'visibilitychange']] as const
      for (const [source, type] of sources) source?.addEventListener(type, seen)
      let last = Date.now()
      const timer = setInterval(() => {
        const isLate = Date.now() - last > tickMs + sleptMs
        last = Date.now()
        if (isLate) woke()
      }, tickMs)
      return () => {
        clearInterval(timer)
        for (const [source, type] of sources) source?.removeEventListener(type, seen)
      }
    },
  }
}
