import type { Server } from '@millrace/server'
import { openDocument } from '@millrace/yjs/server'
import { collab, type PublicUser } from './contract.ts'
import { pageUpdate } from './page-update.ts'
import type { Beginning } from './store/collab-store.ts'

/** The texts, from the server's side; nobody has to be in them. */
export interface Pages {
  /** Writes into an empty page. A text, another time or where the page was edited since, changes nothing. */
  fill(documentId: string, beginning: Beginning): Promise<void>
  remove(documentId: string): Promise<void>
}

export function pagesOf(rooms: Pick<Server<PublicUser>, 'room'>): Pages {
  const open = (documentId: string) => openDocument(rooms.room(collab, 'page', { documentId }))
  return {
    fill: async (documentId, beginning) => {
      const update =
        'text' in beginning ? pageUpdate(documentId, beginning.text) : await open(beginning.copyOf).export()
      await open(documentId).import(update)
    },
    remove: (documentId) => open(documentId).remove(),
  }
}
