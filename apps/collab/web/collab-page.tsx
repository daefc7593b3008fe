import { Spinner } from '@millrace/app-design'
import { lazy, Suspense, useEffect, type ReactElement } from 'react'
import type { PublicUser } from '../contract.ts'
import { useAddress } from './address.ts'
import { ListPage } from './list/list-page.tsx'
import { EnterByLink } from './share/enter-by-link.tsx'
import { useShelf } from './use-shelf.ts'

/** The list does not wait for the editor. It comes nevertheless, so that documents open without a network later on. */
const editor = import('./document/document-page.tsx')
const ClosedDocument = lazy(async () => ({ default: (await editor).ClosedDocument }))
const DocumentPage = lazy(async () => ({ default: (await editor).DocumentPage }))

export function CollabPage({ me }: { readonly me: PublicUser }): ReactElement {
  const { documentId, key } = useAddress()
  const entries = useShelf(me)
  const entry = entries?.find(({ id }) => id === documentId)
  useEffect(() => {
    document.title = `${documentId === undefined ? 'Documents' : (entry?.title ?? 'Document')} - Millrace`
  }, [documentId, entry?.title])
  if (documentId === undefined) return <ListPage me={me} entries={entries} />
  if (key !== undefined && isId(documentId)) return <EnterByLink documentId={documentId} token={key} />
  const waiting = (
    <main className="waiting">
      <Spinner label="Loading the editor" />
    </main>
  )
  return (
    <Suspense fallback={waiting}>
      {isId(documentId) ? (
        <DocumentPage key={documentId} documentId={documentId} me={me} entry={entry} />
      ) : (
        <ClosedDocument error={undefined} />
      )}
    </Suspense>
  )
}

function isId(text: string): boolean {
  return /^[\w-]{1,64}$/.test(text)
}
