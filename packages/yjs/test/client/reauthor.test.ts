import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { missingUpdate } from '../../src/client/missing-update.ts'
import { reauthor } from '../../src/client/reauthor.ts'
import { contentOf, edits, pairOf, play } from './fixtures/random-edits.ts'

it('[DOC111] gives a document that lacks them the same edits, under new client ids', () => {
  fc.assert(
    fc.property(edits, edits, edits, (before, stored, unsent) => {
      const { server, replica } = pairOf(before)
      play(replica, stored)
      Y.applyUpdate(server, Y.encodeStateAsUpdate(replica))
      play(replica, unsent)
      const state = Y.encodeStateAsUpdate(server)
      const missing = missingUpdate(replica, Y.encodeStateVector(server), [state])
      const fresh = new Y.Doc()
      Y.applyUpdate(fresh, state)
      let next = 10
      if (missing)
        Y.applyUpdate(
          fresh,
          reauthor(missing, () => next++),
        )
      expect(fresh.store.pendingStructs).toBeNull()
      expect(contentOf(fresh)).toEqual(contentOf(replica))
      expect(Y.getState(fresh.store, 2)).toBe(Y.getState(server.store, 2))
    }),
    { numRuns: 200 },
  )
})
