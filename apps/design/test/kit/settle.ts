import type { Page } from 'playwright-core'

/** Waits until what moves has arrived, but for what turns for ever. A colour on its way to another one is neither. */
export function settle(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(moving.map(({ finished }) => finished))
  })
}
