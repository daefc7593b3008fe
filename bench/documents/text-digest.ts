import { createHash } from 'node:crypto'
import type { Doc } from 'yjs'
import { textName } from './authors.ts'

/** SHA-1 of a document's text, in hex. */
export function textDigest(doc: Doc): string {
  return createHash('sha1').update(doc.getText(textName).toJSON()).digest('hex')
}
