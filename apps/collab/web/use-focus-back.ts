import { useLayoutEffect, type RefObject } from 'react'

/** Where an element goes with the focus in it, the heading of its panel takes that, or else the page: the next key would go to nobody. */
export function useFocusBack(place: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = place.current
    return () => {
      if (!element?.contains(document.activeElement)) return
      const heading = element.closest('aside')?.querySelector('h2')
      const next = heading ?? element.closest<HTMLElement>('[tabindex="-1"]')
      next?.focus({ preventScroll: true })
    }
  }, [place])
}
