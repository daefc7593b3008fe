import type { Server } from '@millrace/server'
import { openDocument } from '@millrace/yjs/server'
import { collab, pageText, type PublicUser } from './contract.ts'
import { pageUpdate } from './page-update.ts'

/** The texts, from the server's side; nobody has to be in them. */
export interface Pages {
  /** Writes a text into an empty page. Another time, or where that page was edited since, it changes nothing. */
  fill(documentId: string, text: string): Promise<void>
  read(documentId: string): Promise<string>
  remove(documentId: string): Promise<void>
}

export function pagesOf(rooms: Pick<Server<PublicUser>, 'room'>): Pages {
  const open = (documentId: string) => openDocument(rooms.room(collab, 'page', { documentId }))
  return {
    fill: async (documentId, text) => open(documentId).import(pageUpdate(documentId, text)),
    read: (documentId) => open(documentId).read((page) => page.getText(pageText).toJSON()),
    remove: (documentId) => open(documentId).remove(),
  }
}
