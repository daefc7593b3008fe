import { useEffect, useState } from 'react'
import { noteKept, readKept } from './kept-changes.ts'
import type { LiveState } from './live-document.ts'

/** Changes that are on this device only, those of before a reload too, which the provider counts once it reaches the server. */
export function useUnsaved(userId: string, documentId: string, { isSynced, unsaved }: LiveState): number {
  const [before] = useState(() => readKept(userId)[documentId] ?? 0)
  const [wasSynced, setSynced] = useState(false)
  if (isSynced && !wasSynced) setSynced(true)
  const count = wasSynced || isSynced ? unsaved : unsaved + before
  useEffect(() => noteKept(userId, documentId, count), [userId, documentId, count])
  return count
}
