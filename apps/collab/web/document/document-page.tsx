import { Spinner } from '@millrace/app-design'
import { useState, type ReactElement } from 'react'
import type { PublicUser, ShelfEntry } from '../../contract.ts'
import { deskPlace } from '../desk/desk-place.ts'
import { useRequestActions } from '../desk/desk-request.ts'
import { BarredDocument } from './barred-document.tsx'
import { ClosedDocument } from './closed-document.tsx'
import { noteKept, readKept } from './kept-changes.ts'
import { useBarred } from './use-barred.ts'
import type { LiveDocument, LiveState } from './live-document.ts'
import { useDesk } from '../desk/use-desk.ts'
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
  const desk = useDesk(documentId, me)
  const { live, state, isChanging, onPage } = useLiveDocument(documentId, me.id)
  const [readyDoc, setReadyDoc] = useState<LiveDocument>()
  const isThere = live !== undefined && isShowable(live, state)
  if (isThere && readyDoc !== live) setReadyDoc(live)
  const isMissing = useHeld(!isThere && state.status !== 'connected', patienceMs)
  const title = desk.title ?? entry?.title
  const [knownTitle, setKnownTitle] = useState(title)
  if (title !== undefined && title !== knownTitle) setKnownTitle(title)
  const isRefused = desk.status === 'refused' && desk.error !== undefined
  const isCertain = useBarred(documentId, me.id, isRefused)
  const { discard } = useRequestActions()
  if (isRefused) {
    return (
      <BarredDocument
        error={desk.error}
        title={knownTitle ?? 'document'}
        live={readyDoc}
        unsent={Math.max(live?.unsaved.read() ?? 0, readKept(me.id)[documentId] ?? 0)}
        requests={desk.requests}
        isCertain={isCertain}
        onForget={async () => {
          for (const { key } of desk.requests) discard(key)
          noteKept(me.id, documentId, 0)
          sessionStorage.removeItem(deskPlace(me.id, documentId))
          await onPage.forget()
        }}
      />
    )
  }
  if (live && readyDoc === live)
    return (
      <Workspace
        documentId={documentId}
        live={live}
        state={state}
        isChanging={isChanging}
        onPage={onPage}
        desk={desk}
        entry={entry}
        me={me}
      />
    )
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
