import type { Kind, Operation } from './protocol.ts'

const reads: ReadonlySet<Kind> = new Set<Kind>(['read', 'tails', 'readState', 'readSeries', 'listBlobs', 'readBlob'])

/** Whether the operation has no effect, so that one without an answer was not done. */
export function isRead({ kind }: Operation): boolean {
  return reads.has(kind)
}
