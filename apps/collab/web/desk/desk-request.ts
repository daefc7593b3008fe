import type { RoomsOf } from '@millrace/contract'
import { useKeptRequests, useOutbox, type RoomRequest } from '@millrace/react'
import { useMemo } from 'react'
import { collab } from '../../contract.ts'

/** What was asked of a document's desk, and has no answer yet. */
export type DeskRequest = RoomRequest<RoomsOf<typeof collab>['desk']>

/** Of one document, the oldest first. */
export function useDeskRequests(documentId: string): readonly DeskRequest[] {
  const requests = useKeptRequests(collab)
  return useMemo(
    () =>
      requests.filter(
        (request): request is typeof request & DeskRequest =>
          request.room === 'desk' && request.params.documentId === documentId,
      ),
    [requests, documentId],
  )
}

/** What can be done with a request that failed. */
export interface RequestActions {
  readonly retry: (key: string) => void
  readonly discard: (key: string) => void
}

export function useRequestActions(): RequestActions {
  const outbox = useOutbox(collab)
  return useMemo(() => ({ retry: (key) => outbox.retry(key), discard: (key) => outbox.discard(key) }), [outbox])
}

/** What somebody wrote in it; empty where it is no text that is asked for. */
export function textOfRequest({ input }: DeskRequest): string {
  return 'text' in input ? input.text : ''
}
