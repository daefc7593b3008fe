import { useInsertionEffect, useRef, type RefObject } from 'react'

/** The value of the rendering that is on the page, for code that runs later. Set before any other effect runs. */
export function useNewest<T>(value: T): RefObject<T> {
  const newest = useRef(value)
  useInsertionEffect(() => {
    newest.current = value
  })
  return newest
}
