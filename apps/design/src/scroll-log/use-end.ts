import { useCallback, useRef, useState, type RefObject } from 'react'

/** Nearer to the end than this counts as being there, px. */
const nearPx = 40

export interface End {
  readonly isAtEnd: boolean
  /** Goes to the end and stays there while rows come. */
  readonly stick: () => void
  /** The reader goes elsewhere: what grows until the log has scrolled there does not take them back. */
  readonly leave: () => void
  /** Goes to the end if that is where the reader was. */
  readonly keep: () => void
  /** Call at each scroll. */
  readonly look: () => void
}

/**
 * The reader is at the end until they scroll up: content that grows below them does not count as leaving. The browser
 * does not say who scrolls; but only a reader makes the offset smaller and the way to the end longer.
 */
export function useEnd(scroller: RefObject<HTMLElement | null>): End {
  const [isAtEnd, setAtEnd] = useState(true)
  const isStuck = useRef(true)
  const lastTop = useRef(0)

  const set = useCallback((isThere: boolean) => {
    isStuck.current = isThere
    setAtEnd(isThere)
  }, [])
  const keep = useCallback(() => {
    const element = scroller.current
    if (isStuck.current) element?.scrollTo({ top: element.scrollHeight, behavior: 'instant' })
  }, [scroller])
  const stick = useCallback(() => {
    set(true)
    keep()
  }, [set, keep])
  const leave = useCallback(() => {
    // At the start already nothing scrolls, and nobody would look where the reader is.
    if (scroller.current && scroller.current.scrollTop > 0) isStuck.current = false
  }, [scroller])
  const look = useCallback(() => {
    const element = scroller.current
    // Not shown: it measures 0.
    if (!element || element.clientHeight === 0) return
    const { scrollTop, scrollHeight, clientHeight } = element
    const isUpwards = scrollTop < lastTop.current - 1
    lastTop.current = scrollTop
    if (scrollHeight - scrollTop - clientHeight <= nearPx) set(true)
    else if (isUpwards) set(false)
  }, [scroller, set])
  return { isAtEnd, stick, leave, keep, look }
}
