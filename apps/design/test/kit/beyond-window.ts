import type { Page } from 'playwright-core'

/** What stands out of the window on a side, by its element and class; not what is cut off by something within the window. */
export function beyondWindow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const isOut = ({ left, right, width }: DOMRect) => width > 1 && (right > clientWidth + 0.5 || left < -0.5)
    const isCut = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      ((getComputedStyle(element).overflowX !== 'visible' && !isOut(element.getBoundingClientRect())) ||
        isCut(element.parentElement))
    const out = [...document.querySelectorAll('body *')].filter(
      (each) =>
        isOut(each.getBoundingClientRect()) &&
        each.checkVisibility({ visibilityProperty: true }) &&
        !isCut(each.parentElement),
    )
    const names = out.map(({ tagName, className }) => `${tagName} ${String(className)}`)
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`, ...names] : names
  })
}
