import * as decoding from 'lib0/decoding'

/** The updates of an `open` answer: each has its length before it. Empty ones are left out. */
export function readUpdates(bytes: Uint8Array): readonly Uint8Array[] {
  const decoder = decoding.createDecoder(bytes)
  const updates: Uint8Array[] = []
  while (decoding.hasContent(decoder)) {
    const update = decoding.readVarUint8Array(decoder)
    if (update.length > 0) updates.push(update)
  }
  return updates
}
