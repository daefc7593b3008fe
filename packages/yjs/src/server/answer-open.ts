import { fail } from '@millrace/contract'
import { diffUpdate } from 'yjs'
import { decodeClocks, encodeClocks } from './clocks.ts'
import type { LiveDocument } from './live-document.ts'
import { encodePieces } from './piece-list.ts'

export interface Opened {
  readonly updates: Uint8Array
  readonly known: Uint8Array
}

/**
 * What a client lacks that has `stateVector`, null for nothing: then the stored bytes as they are.
 *
 * @throws MillraceError INVALID_INPUT where it is no state vector.
 */
export async function answerOpen({ open }: LiveDocument, stateVector: Uint8Array | null): Promise<Opened> {
  await open.ready()
  if (stateVector) assertStateVector(stateVector)
  const known = encodeClocks(open.known)
  const pieces = open.pieces.all()
  const updates = stateVector ? pieces.map((piece) => diffUpdate(piece, stateVector)) : pieces
  return { updates: encodePieces(updates), known }
}

function assertStateVector(bytes: Uint8Array): void {
  try {
    decodeClocks(bytes)
  } catch (error) {
    throw fail('INVALID_INPUT', 'this is no state vector; send what Y.encodeStateVector gives', {
      path: 'stateVector',
      cause: error,
    })
  }
}
