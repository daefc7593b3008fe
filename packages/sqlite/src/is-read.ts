import type { Operation } from './protocol.ts'

/** Whether the operation has no effect, so that one without an answer was not done. */
export function isRead({ kind }: Operation): boolean {
  return kind === 'read' || kind === 'tails' || kind === 'readState' || kind === 'readSeries'
}
