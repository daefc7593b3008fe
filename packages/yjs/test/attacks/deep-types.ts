import { type, updateBytes } from './update-bytes.ts'

const perUpdate = 150
const map = 1

/**
 * Types in types, in updates of `perUpdate` levels each, and the deletion of the outermost: Yjs deletes by recursion, and every reader's
 * stack ends.
 */
export function deepTypes(client: number, levels: number): readonly Uint8Array[] {
  const updates: Uint8Array[] = []
  for (let from = 0; from < levels; from += perUpdate) {
    const structs = Array.from({ length: perUpdate }, (_, index) => {
      const clock = from + index
      return type(map, clock === 0 ? { parent: 'map', key: 'a' } : { parent: { client, clock: clock - 1 }, key: 'a' })
    })
    updates.push(updateBytes([{ client, clock: from, structs }]))
  }
  return [...updates, updateBytes([], [{ client, ranges: [[0, 1]] }])]
}
