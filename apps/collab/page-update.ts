import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { pageText } from './contract.ts'

/** A page with that text, under a client id that only the document's id decides. */
function pageOf(documentId: string, text: string): Y.Doc {
  const page = new Y.Doc()
  page.clientID = createHash('sha256').update(`page ${documentId}`).digest().readUInt32LE()
  page.getText(pageText).insert(0, text.replaceAll(/\r\n?/g, '\n'))
  return page
}

/** What writes a text into an empty page: the same bytes each time, so that a page which has it stays as it is. */
export function pageUpdate(documentId: string, text: string): Uint8Array {
  return Y.encodeStateAsUpdate(pageOf(documentId, text))
}

/** Where `quote` stands first in the page that `pageUpdate` makes, for a comment on it. */
export function anchorOf(
  documentId: string,
  text: string,
  quote: string,
): { readonly from: string; readonly to: string } {
  const page = pageOf(documentId, text)
  const content = page.getText(pageText)
  const from = content.toJSON().indexOf(quote)
  const place = (index: number): string => {
    const position = Y.createRelativePositionFromTypeIndex(content, index)
    return Buffer.from(Y.encodeRelativePosition(position)).toString('base64')
  }
  return { from: place(from), to: place(from + quote.length) }
}
