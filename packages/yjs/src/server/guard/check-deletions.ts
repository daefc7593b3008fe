import { missing } from './refuse.ts'
import type { ReadUpdate } from './read-update.ts'

/**
 * Everybody who may write may delete what is there; a deletion of what is not would wait in every reader, for good.
 *
 * @throws MillraceError INVALID_INPUT
 */
export function checkDeletions({ sections, deletions }: ReadUpdate, known: ReadonlyMap<number, number>): void {
  for (const { client, ranges } of deletions) {
    const there = Math.max(known.get(client) ?? 0, sections.get(client)?.end ?? 0)
    // Ascending: the last is the greatest.
    if ((ranges.at(-1) ?? 0) > there) throw missing(client, there)
  }
}
