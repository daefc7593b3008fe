import { diffUpdate } from 'yjs'

/** Of an update in which nothing stands. */
const emptyBytes = 2

/** Of updates, in their order, what a replica with `stateVector` does not have. All deletions stay: a state vector does not tell them. */
export function lacking(updates: readonly Uint8Array[], stateVector: Uint8Array): Uint8Array[] {
  return updates.map((update) => diffUpdate(update, stateVector)).filter(({ byteLength }) => byteLength > emptyBytes)
}
