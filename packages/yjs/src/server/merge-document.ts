import type { LiveDocument } from './live-document.ts'
import { encodePieces } from './piece-list.ts'
import { runJob } from './worker/run-job.ts'

/** The whole document as one update, with all that is stored by now. Rejects as the store does. */
export async function mergeDocument({ open }: LiveDocument): Promise<Uint8Array> {
  await open.catchUp()
  const { pieces } = open
  if (pieces.snapshot && pieces.tailCount === 0) return pieces.snapshot
  return (await runJob('merge', { pieces: encodePieces(pieces.all()) }, pieces.byteLength)).update
}
