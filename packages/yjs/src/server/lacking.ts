import { decodeStateVector, diffUpdate, parseUpdateMeta } from 'yjs'
import { encodeClocks, type Clocks } from './clocks.ts'

/** Of an update in which nothing stands. */
const emptyBytes = 2

/** Of updates, in their order, what a replica with `stateVector` does not have. All deletions stay: a state vector does not tell them. */
export function lacking(updates: readonly Uint8Array[], stateVector: Uint8Array): Uint8Array[] {
  const clocks = decodeStateVector(stateVector)
  return updates
    .map((update) => diffUpdate(update, concerning(update, stateVector, clocks)))
    .filter(({ byteLength }) => byteLength > emptyBytes)
}

/** Yjs reads all of a state vector for each update. Of one that is longer than the update only what the update is about. */
function concerning(update: Uint8Array, stateVector: Uint8Array, clocks: Clocks): Uint8Array {
  if (stateVector.byteLength <= update.byteLength) return stateVector
  const own = new Map<number, number>()
  for (const client of parseUpdateMeta(update).to.keys()) {
    const clock = clocks.get(client)
    if (clock !== undefined) own.set(client, clock)
  }
  return encodeClocks(own)
}
