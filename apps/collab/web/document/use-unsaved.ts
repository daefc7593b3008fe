import { useRemembered } from '@millrace/app-design'
import { useState } from 'react'
import type { LiveState } from './live-document.ts'

const readCount = (stored: unknown): number | undefined =>
  typeof stored === 'number' && Number.isInteger(stored) && stored >= 0 ? stored : undefined

/** Changes that are on this device only, those of before a reload too, which the provider counts once it reaches the server. */
export function useUnsaved(documentId: string, { isSynced, unsaved }: LiveState): number {
  const before = useRemembered(`collab unsaved ${documentId}`, undefined, readCount) ?? 0
  const [wasSynced, setSynced] = useState(false)
  if (isSynced && !wasSynced) setSynced(true)
  const count = wasSynced ? unsaved : unsaved + before
  useRemembered(`collab unsaved ${documentId}`, count, readCount)
  return count
}
