import { applyUpdate, Doc } from 'yjs'

/**
 * The Yjs document that pieces make.
 *
 * @throws Error where something is missing in between: what is stored was looked at before, so that it is damaged.
 */
export function openPieces(pieces: readonly Uint8Array[]): Doc {
  const doc = new Doc()
  doc.transact(() => {
    for (const piece of pieces) applyUpdate(doc, piece)
  })
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Error('updates are missing between those that a document consists of; restore the store from a copy')
  return doc
}
