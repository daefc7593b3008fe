import { useEffect, useRef, type RefObject } from 'react'

/** Gives a new page the focus where what had it is gone: the keyboard would begin at the window. The page needs a `tabIndex` of -1. */
export function useFirstFocus(): RefObject<HTMLDivElement | null> {
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) page.current?.focus({ preventScroll: true })
  }, [])
  return page
}
