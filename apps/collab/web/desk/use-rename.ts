import { failureText, useToasts } from '@millrace/app-design'
import { useOutbox } from '@millrace/react'
import { useCallback } from 'react'
import { collab } from '../../contract.ts'

/** Gives a document another title, at once or when there is a connection. A toast says why where it cannot be kept. */
export function useRename(): (documentId: string, title: string) => void {
  const outbox = useOutbox(collab)
  const toasts = useToasts()
  return useCallback(
    (documentId, title) => {
      try {
        outbox.send('desk', { documentId }, 'title.set', { title })
      } catch (fault) {
        toasts.show({ tone: 'bad', text: failureText(fault) })
      }
    },
    [outbox, toasts],
  )
}
