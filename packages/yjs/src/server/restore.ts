import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, UndoManager } from 'yjs'

/**
 * The edit that makes a document what it was. It undoes everything since, whoever did it; what was deleted is written again.
 *
 * @param current The document as one update.
 * @param version It as it was, as one update.
 * @param clientId Under which the edit is written.
 */
export function restoringUpdate(current: Uint8Array, version: Uint8Array, clientId: number): Uint8Array {
  const now = new Doc()
  applyUpdate(now, current)
  const stateVector = encodeStateVector(now)
  // It keeps what is deleted, to write it again.
  const doc = new Doc({ gc: false })
  applyUpdate(doc, version)
  const undo = new UndoManager(doc, { trackedOrigins: new Set(['since']), captureTimeout: 0 })
  applyUpdate(doc, encodeStateAsUpdate(now, encodeStateVector(doc)), 'since')
  // Not before: Yjs draws another one where structures come in under its own.
  doc.clientID = clientId
  undo.undo()
  return encodeStateAsUpdate(doc, stateVector)
}
