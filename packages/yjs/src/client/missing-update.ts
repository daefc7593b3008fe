import * as Y from 'yjs'
import { deletionsOf, withoutDeletions } from '../update/deletions.ts'
import { writeUpdate, type Section } from '../update/write-update.ts'

/**
 * What the server lacks of a document, as one update of version 1; undefined where it lacks nothing. Structures that wait for others
 * are left out: whoever sends them also sends what they wait for.
 *
 * @param known The state vector of what the server has.
 * @param received What the server answered: these name everything that is deleted there.
 */
export function missingUpdate(doc: Y.Doc, known: Uint8Array, received: readonly Uint8Array[]): Uint8Array | undefined {
  const vector = Y.decodeStateVector(known)
  const sections = new Map<number, Section>()
  for (const [client, structs] of doc.store.clients) {
    const from = vector.get(client) ?? 0
    if (Y.getState(doc.store, client) > from)
      sections.set(client, { from, structs: structs.slice(Y.findIndexSS(structs, from)) })
  }
  const deletions = withoutDeletions(Y.createDeleteSetFromStructStore(doc.store).clients, deletionsOf(received))
  return sections.size === 0 && deletions.size === 0 ? undefined : writeUpdate(sections, deletions)
}
