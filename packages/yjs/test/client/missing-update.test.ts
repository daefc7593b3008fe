import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { missingUpdate } from '../../src/client/missing-update.ts'
import { contentOf, edits, pairOf, play } from './fixtures/random-edits.ts'

/** What a server answers to `open`. */
function answer(server: Y.Doc, replica: Y.Doc): { known: Uint8Array; received: Uint8Array[] } {
  const known = Y.encodeStateVector(server)
  return { known, received: [Y.encodeStateAsUpdate(server, Y.encodeStateVector(replica))] }
}

function missing(replica: Y.Doc, server: Y.Doc): Uint8Array | undefined {
  const { known, received } = answer(server, replica)
  for (const update of received) Y.applyUpdate(replica, update)
  return missingUpdate(replica, known, received)
}

describe('missingUpdate', () => {
  it('[DOC105] names nothing where the server has everything, deletions too', () => {
    const server = new Y.Doc()
    server.getText('text').insert(0, 'hello')
    server.getText('text').delete(1, 2)
    const replica = new Y.Doc()
    expect(missing(replica, server)).toBeUndefined()
    expect(missing(replica, server)).toBeUndefined()
  })

  it('[DOC105] names just the deletions that the server lacks', () => {
    const server = new Y.Doc()
    server.clientID = 7
    server.getText('text').insert(0, 'abcdefghij')
    server.getText('text').delete(0, 2)
    const replica = new Y.Doc()
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(server))
    replica.getText('text').delete(1, 3)
    server.getText('text').delete(3, 1)
    const update = missing(replica, server)!
    const { structs, ds } = Y.decodeUpdate(update)
    expect(structs).toEqual([])
    expect([...ds.clients]).toEqual([[7, [{ clock: 3, len: 2 }]]])
  })

  it('[DOC105] leaves out what waits in the replica for something that it does not have', () => {
    const author = new Y.Doc()
    author.getText('text').insert(0, 'first')
    const before = Y.encodeStateVector(author)
    author.getText('text').insert(5, ' second')
    const replica = new Y.Doc()
    Y.applyUpdate(replica, Y.encodeStateAsUpdate(author, before))
    replica.getMap('map').set('own', 1)
    const update = missing(replica, new Y.Doc())!
    expect(Y.decodeUpdate(update).structs.map(({ id }) => id.client)).toEqual([replica.clientID])
  })

  it('[DOC105] makes server and replica the same after any edits on both sides', () => {
    fc.assert(
      fc.property(edits, edits, edits, (before, onServer, onReplica) => {
        const { server, replica } = pairOf(before)
        play(server, onServer)
        play(replica, onReplica)
        const update = missing(replica, server)
        if (update) Y.applyUpdate(server, update)
        expect(server.store.pendingStructs).toBeNull()
        expect(contentOf(server)).toEqual(contentOf(replica))
        expect(Y.equalSnapshots(Y.snapshot(server), Y.snapshot(replica))).toBe(true)
        expect(missing(replica, server)).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })
})
