import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { deletionsOf, withoutDeletions, type Deletions } from './deletions.ts'

/**
 * What the server lacks of a document, as one update of version 1; undefined where it lacks nothing. Structures that wait for others
 * are left out: whoever sends them also sends what they wait for.
 *
 * @param known The state vector of what the server has.
 * @param received What the server answered: these name everything that is deleted there.
 */
export function missingUpdate(doc: Y.Doc, known: Uint8Array, received: readonly Uint8Array[]): Uint8Array | undefined {
  const vector = Y.decodeStateVector(known)
  const ahead = [...doc.store.clients.keys()].filter(
    (client) => Y.getState(doc.store, client) > (vector.get(client) ?? 0),
  )
  const deletions = withoutDeletions(Y.createDeleteSetFromStructStore(doc.store).clients, deletionsOf(received))
  if (ahead.length === 0 && deletions.size === 0) return undefined
  const encoder = new Y.UpdateEncoderV1()
  encoding.writeVarUint(encoder.restEncoder, ahead.length)
  // Yjs integrates an update faster with higher ids first, and writes its own so.
  for (const client of ahead.toSorted(descending)) writeStructs(encoder, doc, client, vector.get(client) ?? 0)
  writeDeletions(encoder, deletions)
  return encoder.toUint8Array()
}

function writeStructs(encoder: Y.UpdateEncoderV1, doc: Y.Doc, client: number, from: number): void {
  const structs = doc.store.clients.get(client) ?? []
  const first = Y.findIndexSS(structs, from)
  encoding.writeVarUint(encoder.restEncoder, structs.length - first)
  encoder.writeClient(client)
  encoding.writeVarUint(encoder.restEncoder, from)
  for (const struct of structs.slice(first)) struct.write(encoder, Math.max(0, from - struct.id.clock))
}

function writeDeletions({ restEncoder }: Y.UpdateEncoderV1, deletions: Deletions): void {
  encoding.writeVarUint(restEncoder, deletions.size)
  for (const [client, spans] of [...deletions].toSorted(([one], [other]) => descending(one, other))) {
    encoding.writeVarUint(restEncoder, client)
    encoding.writeVarUint(restEncoder, spans.length)
    for (const { clock, len } of spans) {
      encoding.writeVarUint(restEncoder, clock)
      encoding.writeVarUint(restEncoder, len)
    }
  }
}

function descending(one: number, other: number): number {
  return other - one
}
