import { text, updateBytes } from './update-bytes.ts'

/**
 * A text of `count` letters, then in each update `perUpdate` letters, each written before what the one before it was written before, and
 * behind nothing: Yjs looks at all that came before for each.
 */
export function overlappingPlaces(client: number, count: number, perUpdate: number): readonly Uint8Array[] {
  const updates = [updateBytes([{ client, clock: 0, structs: [text('x'.repeat(count))] }])]
  for (let from = 0; from < count; from += perUpdate) {
    const structs = Array.from({ length: perUpdate }, (_, index) =>
      text('x', { rightOrigin: { client, clock: count - 1 - from - index } }),
    )
    updates.push(updateBytes([{ client, clock: count + from, structs }]))
  }
  return updates
}
