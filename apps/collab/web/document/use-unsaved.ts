import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { noteKept, readKept } from './kept-changes.ts'
import type { LiveDocument, LiveState } from './live-document.ts'

/** How long a number of changes stands before it is written down, ms: while somebody writes it changes with each key. */
const noteMs = 250

/** Changes that are on this device only, those of before a reload too, which the provider counts once it reaches the server. */
export function useUnsaved(userId: string, documentId: string, live: LiveDocument, { isSynced }: LiveState): number {
  const unsaved = useSyncExternalStore(live.unsaved.subscribe, live.unsaved.read)
  const [before] = useState(() => readKept(userId)[documentId] ?? 0)
  const [wasSynced, setSynced] = useState(false)
  if (isSynced && !wasSynced) setSynced(true)
  const count = wasSynced || isSynced ? unsaved : unsaved + before
  const newest = useRef(count)
  useEffect(() => {
    newest.current = count
    const timer = setTimeout(() => noteKept(userId, documentId, count), noteMs)
    return () => clearTimeout(timer)
  }, [userId, documentId, count])
  useEffect(() => {
    const note = (): void => noteKept(userId, documentId, newest.current)
    addEventListener('pagehide', note)
    return () => {
      removeEventListener('pagehide', note)
      note()
    }
  }, [userId, documentId])
  return count
}
