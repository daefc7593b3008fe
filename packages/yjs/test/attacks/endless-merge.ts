import { deleted, updateBytes } from './update-bytes.ts'

const nothingOf = (clock: number) => updateBytes([{ client: 1, clock, structs: [deleted(0, { parent: 't' })] }])

/**
 * Two updates, 27 bytes, that Yjs never finishes to merge. Both begin above what is known and wait; the second at a clock that a double
 * cannot count to, so that the gap between them never closes (yjs, utils/updates.js, `mergeUpdatesV2`).
 */
export const endlessMerge: readonly [Uint8Array, Uint8Array] = [nothingOf(1), nothingOf(2 ** 53 + 2)]
