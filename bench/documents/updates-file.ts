import { readFile, writeFile } from 'node:fs/promises'
import { createDecoder, hasContent, readVarUint8Array } from 'lib0/decoding'
import { encode, writeVarUint8Array } from 'lib0/encoding'

/** Hands updates from one process to others: each with its length before it. */
export async function writeUpdates(file: string, updates: readonly Uint8Array[]): Promise<void> {
  const bytes = encode((encoder) => {
    for (const update of updates) writeVarUint8Array(encoder, update)
  })
  await writeFile(file, bytes)
}

/** Each update has memory of its own. */
export async function readUpdates(file: string): Promise<Uint8Array[]> {
  return splitUpdates(await readFile(file)).map((update) => Uint8Array.from(update))
}

/** Updates with their lengths before them, as a document's `open` is answered. They share the memory of `bytes`. */
export function splitUpdates(bytes: Uint8Array): Uint8Array[] {
  const decoder = createDecoder(bytes)
  const updates: Uint8Array[] = []
  while (hasContent(decoder)) updates.push(readVarUint8Array(decoder))
  return updates
}
