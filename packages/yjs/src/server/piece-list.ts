import { createDecoder, hasContent, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint8Array } from 'lib0/encoding'

/** Updates one after another, each with its length before it: as they travel to clients and to the worker. */
export function encodePieces(pieces: readonly Uint8Array[]): Uint8Array {
  const encoder = createEncoder()
  for (const piece of pieces) writeVarUint8Array(encoder, piece)
  return toUint8Array(encoder)
}

/** @throws Error where the bytes end within a piece. */
export function decodePieces(bytes: Uint8Array): Uint8Array[] {
  const decoder = createDecoder(bytes)
  const pieces: Uint8Array[] = []
  while (hasContent(decoder)) pieces.push(readVarUint8Array(decoder))
  return pieces
}
