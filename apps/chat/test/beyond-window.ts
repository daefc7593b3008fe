import type { Page } from 'playwright-core'

/** What stands out of the window on the right or the left, by its element and class; nothing that only a screen reader finds. */
export function beyondWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const isOut = ({ left, right, width }: DOMRect) => width > 1 && (right > clientWidth + 0.5 || left < -0.5)
    const out = [...document.querySelectorAll('body *')].filter(
      (each) => each.checkVisibility({ visibilityProperty: true }) && isOut(each.getBoundingClientRect()),
    )
    const names = out.map(({ tagName, className }) => `${tagName} ${String(className)}`)
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`, ...names] : names
  })
}
