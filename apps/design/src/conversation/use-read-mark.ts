import { useEffect, useRef, useState } from 'react'
import { useIsVisible } from '../use-is-visible.ts'

export interface ReadMark {
  /** Of the last row on the page; 0 where there is none. */
  readonly shownSeq: number
  /** Up to `readSeq` everything was seen, on one device or another; undefined where that is not known yet. */
  readonly known: { readonly readSeq: number; readonly lastSeq: number } | undefined
  /** The newest row is in view. */
  readonly isAtEnd: boolean
  /** Nothing is said without. */
  readonly isConnected: boolean
  /** Says that everything up to here was seen. Where that fails, the next row or connection says it again. */
  readonly say: (seq: number) => void
}

/**
 * Says what is seen, while the page is visible.
 *
 * @returns What was unread when somebody began to look: above `after`, up to `upTo`.
 */
export function useReadMark(mark: ReadMark): { readonly after: number; readonly upTo: number } {
  const { shownSeq, known, isAtEnd, isConnected, say } = mark
  const readSeq = known?.readSeq
  const isVisible = useIsVisible()
  const said = useRef(0)
  useEffect(() => {
    if (!isConnected) said.current = 0
    if (!isConnected || !isVisible || !isAtEnd || readSeq === undefined) return
    if (shownSeq <= Math.max(readSeq, said.current)) return
    said.current = shownSeq
    say(shownSeq)
  }, [say, shownSeq, readSeq, isVisible, isAtEnd, isConnected])

  const [look, setLook] = useState({ isVisible: false, after: 0, upTo: 0 })
  if (known && look.isVisible !== isVisible) {
    setLook(isVisible ? { isVisible, after: known.readSeq, upTo: known.lastSeq } : { ...look, isVisible })
  }
  return look
}
