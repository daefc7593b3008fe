import { useLayoutEffect, type RefObject } from 'react'

/** As high as its text; the styles limit it. */
export function useAutoHeight(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    element.style.setProperty('height', 'auto')
    const border = element.offsetHeight - element.clientHeight
    element.style.setProperty('height', `${element.scrollHeight + border}px`)
  }, [area, text])
}
