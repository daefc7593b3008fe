import type { RoomClient } from '@millrace/client'
import { fail } from '@millrace/contract'
import { DocumentProvider } from '@millrace/yjs/client'
import * as Y from 'yjs'
import type { collab } from '../../contract.ts'
import { readRows, replaceRows } from './copy-rows.ts'

type PageRoom = RoomClient<typeof collab.rooms.page>

/** For what the server has of a document, ms. */
const patienceMs = 15_000

interface Copy {
  readonly name: string
  readonly doc: Y.Doc
  /** Ends with it. */
  readonly provider: DocumentProvider
}

/**
 * Makes the copy of this browser what the server has, and the edits that it does not take as new ones: whoever opens the copy then
 * sends them. Until all of that is stored the copy stays as it was, and after a crash it is the one or the other.
 *
 * @throws MillraceError where the server cannot be asked, or another tab writes meanwhile.
 */
export async function putBack(room: PageRoom, { name, doc, provider }: Copy): Promise<void> {
  // Other tabs keep what they write in the same place; here it is not in the text before a reload.
  // It has an origin, so that undoing does not take it back where the rest fails.
  for (const row of await readRows(name)) Y.applyUpdate(doc, row, name)
  const edits = await provider.rescue()
  provider.destroy()
  const next = await readServer(room)
  if (edits) Y.applyUpdate(next, edits)
  const isDone = await replaceRows(name, Y.encodeStateAsUpdate(next), (row) => isIn(doc, row))
  next.destroy()
  if (!isDone) throw fail('UNAVAILABLE', 'this document is being written in another tab; close that, and try again')
}

async function readServer(room: PageRoom): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const provider = new DocumentProvider({ room, doc })
  const end = (): void => provider.destroy()
  provider.on('ended', end)
  const timer = setTimeout(end, patienceMs)
  try {
    await provider.whenSynced
    return doc
  } finally {
    clearTimeout(timer)
    end()
  }
}

/** Whether a document has all of an update. If not, it has afterwards. */
function isIn(doc: Y.Doc, update: Uint8Array): boolean {
  let isNew = false
  const note = (): void => void (isNew = true)
  doc.on('update', note)
  Y.applyUpdate(doc, update)
  doc.off('update', note)
  return !isNew
}
