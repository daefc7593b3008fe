import { encodeClocks } from './clocks.ts'
import { readStateVector } from './guard/state-vector.ts'
import { lacking } from './lacking.ts'
import type { LiveDocument } from './live-document.ts'
import { encodePieces } from './piece-list.ts'
import type { Pieces } from './pieces.ts'
import { maxBytesAtOnce, runJob } from './worker/run-job.ts'

export interface Opened {
  readonly updates: Uint8Array
  readonly known: Uint8Array
}

/** Each piece costs some microseconds, however small it is. */
const mostPiecesAtOnce = 500

/**
 * What a client lacks that has `stateVector`, null for nothing: then the stored bytes as they are.
 *
 * @throws MillraceError INVALID_INPUT where it is no state vector.
 */
export async function answerOpen({ open }: LiveDocument, stateVector: Uint8Array | null): Promise<Opened> {
  if (stateVector) readStateVector(stateVector)
  await open.ready()
  const { pieces } = open
  const known = encodeClocks(open.known)
  return { updates: stateVector ? await updatesAfter(stateVector, pieces) : encodePieces(pieces.all()), known }
}

async function updatesAfter(stateVector: Uint8Array, pieces: Pieces): Promise<Uint8Array> {
  const all = pieces.all()
  if (pieces.byteLength <= maxBytesAtOnce && all.length <= mostPiecesAtOnce)
    return encodePieces(lacking(all, stateVector))
  const byteLength = Math.max(pieces.byteLength, maxBytesAtOnce + 1)
  return runJob('diff', () => ({ pieces: encodePieces(all), stateVector }), byteLength)
}
