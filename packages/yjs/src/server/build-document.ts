import { fail } from '@millrace/contract'
import type { Doc } from 'yjs'
import type { LiveDocument } from './live-document.ts'
import { openPieces } from './open-pieces.ts'
import { encodePieces } from './piece-list.ts'
import { maxBuiltBytesAtOnce } from './worker/run-job.ts'

/** How long a document may take to make in the thread, before it is made in the event loop, ms; and more for each 1,000 bytes. */
const maxBuildMs = 250

/**
 * A Yjs document of all that is stored by now. Somebody may have written structures that take time with the square of their number, which
 * shows in the thread.
 *
 * @throws MillraceError OVERLOADED where it takes too long for its size.
 */
export async function buildDocument({ open, jobs }: LiveDocument): Promise<Doc> {
  await open.catchUp()
  const { pieces } = open
  const { byteLength } = pieces
  if (byteLength <= maxBuiltBytesAtOnce) return openPieces(pieces.all())
  const all = pieces.all()
  const { update, tookMs } = await jobs.run('merge', () => ({ pieces: encodePieces(all) }), byteLength)
  if (tookMs > maxBuildMs + byteLength / 1_000)
    throw fail('OVERLOADED', 'the document takes too long to be read on the server; export it, or restore a version')
  return openPieces([update])
}
