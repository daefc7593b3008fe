import { useCallback, useEffect, useRef, type RefObject } from 'react'

/** So early that older rows are there before the reader is, px. */
const earlyPx = 800

/**
 * Asks for older rows where the reader is near the start, and again for each page that did not fill the window. After a
 * page that could not be read it waits for the reader to scroll.
 */
export function useReachStart(
  scroller: RefObject<HTMLElement | null>,
  isWanted: boolean,
  firstId: string | undefined,
  onReachStart: (() => void) | undefined,
): () => void {
  const reach = useRef(onReachStart)
  const asked = useRef<string>(undefined)
  useEffect(() => {
    reach.current = onReachStart
  })
  const look = useCallback(() => {
    const element = scroller.current
    if (isWanted && element && element.clientHeight > 0 && element.scrollTop < earlyPx) reach.current?.()
  }, [scroller, isWanted])
  useEffect(() => {
    if (!isWanted || asked.current === firstId) return
    asked.current = firstId
    look()
  }, [isWanted, firstId, look])
  return look
}
