import { createEncoder, toUint8Array, writeVarUint8Array } from 'lib0/encoding'
import { expect, it } from 'vitest'
import { decodePieces, encodePieces } from '../../src/server/piece-list.ts'

it('[DOC2] pieces are written as lib0 writes them, each with its length before it', () => {
  const pieces = [0, 1, 127, 128, 129, 16_383, 16_384, 2_100_000].map((length) =>
    new Uint8Array(length).fill(length % 251),
  )
  const encoder = createEncoder()
  for (const piece of pieces) writeVarUint8Array(encoder, piece)
  const bytes = encodePieces(pieces)
  expect(Buffer.compare(bytes, toUint8Array(encoder))).toBe(0)
  expect(decodePieces(bytes).map(({ byteLength }) => byteLength)).toEqual(pieces.map(({ byteLength }) => byteLength))
  expect(() => decodePieces(bytes.subarray(0, -1))).toThrow()
})
