import type { Page } from 'playwright-core'
import { vi } from 'vitest'

/** Waits until the page is one that opens without a server. */
export async function isKeptOffline(page: Page): Promise<void> {
  const isKept = () =>
    page.evaluate(async () => {
      const files = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/assets/'))
      const copies = await Promise.all(
        [location.pathname, ...files.map(({ name }) => name)].map((a) => caches.match(a)),
      )
      return navigator.serviceWorker.controller !== null && copies.every((copy) => copy?.ok)
    })
  await vi.waitUntil(isKept, { timeout: 30_000 })
}
