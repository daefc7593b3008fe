import { acceptLarge } from './accept-large.ts'
import type { Sender } from './accept-update.ts'
import type { LiveDocument } from './live-document.ts'
import { mergeDocument } from './merge-document.ts'
import { encodePieces } from './piece-list.ts'

/**
 * Makes a document what it was, as an edit that everybody gets. What it is now is kept as a version before.
 *
 * @throws MillraceError INVALID_INPUT where there is no such version; PAYLOAD_TOO_LARGE where the document would be too large.
 */
export async function restoreVersion(document: LiveDocument, id: string, sender: Sender): Promise<void> {
  const { versions, writer, jobs } = document
  const version = await versions.read(id)
  await writer.run(async (clientId) => {
    // With what this process stored last, or the same clocks would be written twice.
    const present = await mergeDocument(document)
    await versions.keep(present)
    const ask = () => ({ pieces: encodePieces([present]), version, clientId })
    const update = await jobs.run('restore', ask, present.byteLength + version.byteLength)
    await acceptLarge(document, update, sender)
  })
}
