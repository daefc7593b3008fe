import { acceptUpdate, type Sender } from './accept-update.ts'
import { encodeClocks } from './clocks.ts'
import type { LiveDocument } from './live-document.ts'
import { decodePieces } from './piece-list.ts'
import { runJob } from './worker/run-job.ts'

/**
 * As `acceptUpdate`, for what the server itself writes: what is larger than one update may be becomes several, one after another. Where
 * one is refused, those before it are stored; the same again goes on from there.
 */
export async function acceptLarge(document: LiveDocument, update: Uint8Array, sender: Sender): Promise<void> {
  const { open, parts } = document
  const { maxUpdateBytes } = parts.room.entry.document
  if (update.byteLength <= maxUpdateBytes) return acceptUpdate(document, update, sender)
  await open.ready()
  // Pieces are about as large as they are asked to be.
  const ask = () => ({ update, known: encodeClocks(open.known), maxBytes: Math.floor(maxUpdateBytes / 2) })
  const pieces = decodePieces(await runJob('split', ask, update.byteLength))
  for (const [index, piece] of pieces.entries())
    await acceptUpdate(document, piece, { ...sender, key: `${sender.key}/${index}` })
}
