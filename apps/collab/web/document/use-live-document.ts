import { useNamespace } from '@millrace/react'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { collab } from '../../contract.ts'
import { copyName } from '../copy/copy-name.ts'
import { DocumentOnPage, type Shown } from './document-on-page.ts'

/** The document as long as it is shown. */
export function useLiveDocument(
  documentId: string,
  userId: string,
): Shown & { readonly onPage: Pick<DocumentOnPage, 'putBack' | 'discard' | 'forget'> } {
  const namespace = useNamespace(collab)
  const onPage = useMemo(
    () => new DocumentOnPage(namespace.room('page', { documentId }), copyName(userId, documentId)),
    [namespace, documentId, userId],
  )
  useEffect(() => onPage.hold(), [onPage])
  return { ...useSyncExternalStore(onPage.shown.subscribe, onPage.shown.read), onPage }
}
