import { Doc } from 'yjs'
import { textName } from './authors.ts'
import { textDigest } from './text-digest.ts'
import type { Edit } from './trace.ts'

/** So many edits become one update: a server gets some of them, as it would over time. */
const editsPerUpdate = 10_000

const firstClientId = 2_000_000_000

export interface EditedDocument {
  readonly edits: number
  readonly updates: readonly Uint8Array[]
  readonly digest: string
}

/** Replays a trace in Yjs. Each author has a client id. */
export function editedDocument(trace: Iterable<Edit>): EditedDocument {
  const doc = new Doc()
  const text = doc.getText(textName)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const edits = trace[Symbol.iterator]()
  let count = 0
  for (let isMore = true; isMore;) {
    doc.transact(() => {
      for (let nth = 0; nth < editsPerUpdate; nth++) {
        const { done, value } = edits.next()
        isMore = done !== true
        if (done) return
        doc.clientID = firstClientId + value.author
        if (value.remove > 0) text.delete(value.at, value.remove)
        if (value.insert !== '') text.insert(value.at, value.insert)
        count++
      }
    })
  }
  return { edits: count, updates, digest: textDigest(doc) }
}
