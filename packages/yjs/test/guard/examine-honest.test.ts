import { seededRandom, type SeededRandom } from '@millrace/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { contentOf, GuardedDocument, pendingOf } from './guarded-document.ts'
import { createReplica, edit, type Replica } from './honest-session.ts'

/** What a provider may send of its edits: one by one, merged, or what a state vector says is lacking. */
function outgoing(random: SeededRandom, replica: Replica, server: GuardedDocument): Uint8Array[] {
  const unsent = replica.unsent.splice(0)
  const kind = random.integer(4)
  if (kind === 0) return [Y.encodeStateAsUpdate(replica.doc, Y.encodeStateVector(server.doc))]
  if (kind === 1) return [Y.encodeStateAsUpdate(replica.doc)]
  if (kind === 2 && unsent.length > 0) return [Y.mergeUpdates(unsent)]
  return unsent
}

function receive(random: SeededRandom, replica: Replica, server: GuardedDocument): void {
  const lacking = Y.encodeStateAsUpdate(server.doc, Y.encodeStateVector(replica.doc))
  for (const update of random.integer(2) ? server.log : [lacking]) Y.applyUpdate(replica.doc, update, 'remote')
}

describe('examine lets in what editors make', () => {
  it.each([
    ['replicas that collect what is deleted', false],
    ['replicas that keep it, and undo all at once', true],
  ])('[DOC60] edits of every kind by %s, one by one, merged, or as a difference', (_, keeps) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const server = new GuardedDocument()
        const replicas = [createReplica(1), createReplica(2_000_000_000, keeps), createReplica(2 ** 32 - 1, keeps)]
        for (let step = 0; step < 60; step++) {
          const replica = random.pick(replicas)
          edit(random, replica)
          if (random.integer(3) === 0) receive(random, replica, server)
          if (random.integer(2) === 0) {
            for (const update of outgoing(random, replica, server)) {
              const verdict = server.take(update)
              if (!verdict.ok) throw verdict.error
            }
          }
        }
        for (const replica of replicas) {
          const verdict = server.take(Y.encodeStateAsUpdate(replica.doc, Y.encodeStateVector(server.doc)))
          if (!verdict.ok) throw verdict.error
        }
        const reader = new Y.Doc()
        for (const update of server.log) Y.applyUpdate(reader, update)
        expect(pendingOf(reader)).toBeNull()
        for (const replica of replicas) {
          Y.applyUpdate(replica.doc, Y.encodeStateAsUpdate(server.doc), 'remote')
          expect(contentOf(replica.doc)).toEqual(contentOf(reader))
        }
      }),
      // A format that changed nothing began within a character, which that replica alone lost.
      { numRuns: 20, examples: [[1_496_658_213]] },
    )
  })

  it('[DOC60] types in types as deep as editors make them, and a document that is imported whole', () => {
    const doc = new Y.Doc()
    let inner = doc.getMap('map')
    for (let depth = 0; depth < 150; depth++) inner = inner.set('in', new Y.Map()) as Y.Map<unknown>
    const server = new GuardedDocument()
    expect(server.take(Y.encodeStateAsUpdate(doc))).toMatchObject({ ok: true, adds: true })
    expect(contentOf(server.doc)).toEqual(contentOf(doc))
  })
})
