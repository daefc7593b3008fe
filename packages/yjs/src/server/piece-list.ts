import { createDecoder, hasContent, readVarUint8Array } from 'lib0/decoding'

/** Bytes of a length as lib0 writes it: seven bits in each, the lowest first. */
function sizeOf(length: number): number {
  return length < 128 ? 1 : 1 + sizeOf(Math.floor(length / 128))
}

/**
 * Updates one after another, each with its length before it: as they travel to clients and to the worker. In memory of its own. An
 * encoder of lib0 would take tens of ms for a large document, as it grows.
 */
export function encodePieces(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let byteLength = 0
  for (const piece of pieces) byteLength += sizeOf(piece.byteLength) + piece.byteLength
  const bytes = new Uint8Array(byteLength)
  let at = 0
  for (const piece of pieces) {
    let length = piece.byteLength
    for (; length >= 128; length = Math.floor(length / 128)) bytes[at++] = 128 | (length % 128)
    bytes[at++] = length
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}

/** @throws Error where the bytes end within a piece. */
export function decodePieces(bytes: Uint8Array): Uint8Array[] {
  const decoder = createDecoder(bytes)
  const pieces: Uint8Array[] = []
  while (hasContent(decoder)) pieces.push(readVarUint8Array(decoder))
  return pieces
}
