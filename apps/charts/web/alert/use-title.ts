import { useEffect } from 'react'

/** @param isAlert Marks the title, so that it is seen among other tabs. */
export function useTitle(name: string, isAlert: boolean): void {
  useEffect(() => {
    document.title = `${isAlert ? '(!) ' : ''}${name} - Millrace`
  }, [name, isAlert])
}
