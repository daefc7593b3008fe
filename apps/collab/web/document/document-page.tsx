import { Spinner } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import type { PublicUser, ShelfEntry } from '../../contract.ts'
import { ClosedDocument } from './closed-document.tsx'
import type { LiveDocument, LiveState } from './live-document.ts'
import { useDesk } from './use-desk.ts'
import { useHeld } from './use-held.ts'
import { useLiveDocument } from './use-live-document.ts'
import { Workspace } from './workspace.tsx'

export { ClosedDocument }

interface DocumentPageProps {
  readonly documentId: string
  readonly me: PublicUser
  /** Of the user's list; undefined: it is not there, or the list is not known yet. */
  readonly entry: ShelfEntry | undefined
}

/** How long a document that is not on this device may take, ms. */
const patienceMs = 4_000

export function DocumentPage({ documentId, me, entry }: DocumentPageProps): ReactElement {
  const desk = useDesk(documentId)
  const { live, state } = useLiveDocument(documentId, me.id)
  const [readyDoc, setReadyDoc] = useState<LiveDocument>()
  const isThere = live !== undefined && isShowable(live, state)
  if (isThere && readyDoc !== live) setReadyDoc(live)
  const isMissing = useHeld(!isThere && state.status !== 'connected', patienceMs)
  if (desk.status === 'refused' && desk.error)
    return <ClosedDocument error={desk.error} entry={entry} live={readyDoc} />
  if (live && readyDoc === live)
    return <Workspace documentId={documentId} live={live} state={state} desk={desk} entry={entry} me={me} />
  return (
    <main className="waiting">
      <Spinner label="Opening the document" />
      {isMissing && (
        <p>There is no connection, and this device has no copy of the document yet. The page keeps trying.</p>
      )}
    </main>
  )
}

/** What the server has is here, or at least what this device kept. */
function isShowable({ doc }: LiveDocument, { isSynced, isLoaded }: LiveState): boolean {
  return isSynced || (isLoaded && doc.store.clients.size > 0)
}
