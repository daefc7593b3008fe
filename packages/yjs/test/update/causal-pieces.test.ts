import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { causalPieces } from '../../src/update/causal-pieces.ts'
import { contentOf, edits, play } from '../client/fixtures/random-edits.ts'

it('[DOC103] what is too large for one update is split so that each part can be taken after those before it', () => {
  fc.assert(
    fc.property(
      fc.array(edits, { minLength: 2, maxLength: 6 }),
      fc.integer({ min: 10, max: 200 }),
      (turns, maxBytes) => {
        const replicas = [new Y.Doc(), new Y.Doc()]
        replicas.forEach((replica, index) => (replica.clientID = index + 1))
        const [one, other] = replicas as [Y.Doc, Y.Doc]
        const server = new Y.Doc()
        turns.forEach((steps, turn) => {
          play(replicas[turn % 2]!, steps)
          if (turn % 3 !== 0) return
          Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
          Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
          if (turn === 0) Y.applyUpdate(server, Y.encodeStateAsUpdate(one))
        })
        Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
        const known = Y.encodeStateVector(server)
        const pieces = causalPieces(Y.encodeStateAsUpdate(one, known), Y.decodeStateVector(known), maxBytes)
        for (const piece of pieces) {
          Y.applyUpdate(server, piece)
          expect([server.store.pendingStructs, server.store.pendingDs]).toEqual([null, null])
        }
        expect(contentOf(server)).toEqual(contentOf(one))
      },
    ),
    { numRuns: 200 },
  )
})

it('[DOC103] splits text, and no pair of surrogates', () => {
  const doc = new Y.Doc()
  const text = 'x' + '\u{1F600}'.repeat(100)
  doc.getText('text').insert(0, text)
  const pieces = causalPieces(Y.encodeStateAsUpdate(doc), new Map(), 30)
  expect(pieces.length).toBeGreaterThan(10)
  const copy = new Y.Doc()
  for (const piece of pieces) Y.applyUpdate(copy, piece)
  expect(copy.getText('text').toJSON()).toBe(text)
  expect(Y.equalSnapshots(Y.snapshot(copy), Y.snapshot(doc))).toBe(true)
})
