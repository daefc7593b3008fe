import { any, type, updateBytes } from './update-bytes.ts'

const [map, key] = [1, 'a']
const first = { client: 666, clock: 1 }

/**
 * A map in a map with one value of two clocks; a value behind the first half of it, which splits it; the deletion of the inner map, in
 * which that half is neither deleted nor the last: Yjs throws in every reader.
 */
export const splitValue: readonly [valued: Uint8Array, split: Uint8Array, deletion: Uint8Array] = [
  updateBytes([
    {
      client: 666,
      clock: 0,
      structs: [type(map, { parent: 'map', key: 'inner' }), any([1, 2], { parent: { client: 666, clock: 0 }, key })],
    },
  ]),
  updateBytes([{ client: 666, clock: 3, structs: [any([3], { origin: first })] }]),
  updateBytes([], [{ client: 666, ranges: [[0, 1]] }]),
]

/** Other ways to split it. */
export const otherSplits: readonly Uint8Array[] = [
  updateBytes([{ client: 666, clock: 3, structs: [any([3], { rightOrigin: { client: 666, clock: 2 } })] }]),
  updateBytes([], [{ client: 666, ranges: [[2, 1]] }]),
]
