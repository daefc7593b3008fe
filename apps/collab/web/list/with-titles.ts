import type { KeptRequestOf } from '@millrace/client/outbox'
import type { collab, ShelfEntry } from '../../contract.ts'
import type { DeskRequest } from '../desk/desk-request.ts'
import { withTitleRequests, type TitleRequest } from '../desk/title-request.ts'

/** A document as it will be listed. `titleRequest`: what waits to give it another title, or failed to. */
export interface ListedEntry extends ShelfEntry {
  readonly titleRequest?: TitleRequest | undefined
}

/** The list as it will be when what waits is done. */
export function withTitles(
  entries: readonly ShelfEntry[],
  requests: readonly KeptRequestOf<typeof collab>[],
): readonly ListedEntry[] {
  if (requests.length === 0) return entries
  return entries.map((entry) => {
    const own = requests.filter(({ room, params }) => room === 'desk' && params.documentId === entry.id)
    const { title, request } = withTitleRequests(entry.title, own as readonly DeskRequest[])
    return request ? { ...entry, title: title ?? entry.title, titleRequest: request } : entry
  })
}
