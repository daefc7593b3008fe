import * as Y from 'yjs'
import { pageText } from '../../contract.ts'

/** The text of a document that is one update. */
export function textOfUpdate(update: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const text = doc.getText(pageText).toJSON()
  doc.destroy()
  return text
}
