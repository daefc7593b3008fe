import { fail } from '@millrace/contract'
import { Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { LiveDocument } from './live-document.ts'
import { removalKey } from './removal-key.ts'
import { encodeSnapshot, snapshotName } from './snapshot-blob.ts'

const maxAttempts = 10

/**
 * A snapshot of nothing takes the place of the document: other nodes that still hold it cannot write it back, as theirs would replace
 * another one. An entry in which nothing is written tells them to read again.
 */
export async function removeDocument({ open, parts: { room, random } }: LiveDocument): Promise<void> {
  const { storage } = room
  room.kick({}, 'the document was removed')
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    await open.catchUp()
    const through = open.top
    const nothing = new Doc()
    const bytes = encodeSnapshot({
      through,
      update: encodeStateAsUpdate(nothing),
      stateVector: encodeStateVector(nothing),
    })
    const written = await storage.blobs.write({ name: snapshotName, bytes, replaces: open.revision })
    open.replaced()
    if (!written.isWritten) continue
    await storage.trim(through)
    for (const { name } of await storage.blobs.list('')) if (name !== snapshotName) await storage.blobs.remove(name)
    await room.publish('update', encodeStateAsUpdate(nothing), { key: removalKey(random.id()) })
    return
  }
  throw fail('UNAVAILABLE', 'the document is compacted by others at the same time; remove it again')
}
