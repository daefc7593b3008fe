import { useEffect, useState, type RefObject } from 'react'

export interface VisibleRows {
  readonly first: number
  /** Not included. */
  readonly end: number
}

/** Rows beyond the window on either side that are in the page, so that scrolling shows no holes. */
const spareRows = 4

/** Which rows of equal height are in view, of an element that scrolls. */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, rowPx: number, count: number): VisibleRows {
  const [rows, setRows] = useState<VisibleRows>({ first: 0, end: 20 })
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / rowPx) - spareRows)
      const end = Math.ceil((element.scrollTop + element.clientHeight) / rowPx) + spareRows
      setRows((before) => (before.first === first && before.end === end ? before : { first, end }))
    }
    look()
    const size = new ResizeObserver(look)
    size.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      size.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, rowPx])
  return { first: Math.min(rows.first, count), end: Math.min(rows.end, count) }
}
