import type { LiveDocument } from './live-document.ts'

/** The whole document as one update, with all that is stored by now. Rejects as the store does. */
export async function mergeDocument({ open, merger }: LiveDocument): Promise<Uint8Array> {
  await open.catchUp()
  const { pieces } = open
  return pieces.snapshot && pieces.tailCount === 0 ? pieces.snapshot : (await merger.merge(pieces)).update
}
