import { seededRandom, type SeededRandom } from '@millrace/testing'
import { anyBytes, mutate } from '@millrace/testing/faults'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { GuardedDocument, limits, pendingOf } from './guarded-document.ts'
import { createReplica, edit } from './honest-session.ts'
import { senseless, type Places } from './senseless.ts'
import { examine } from '../../src/server/guard/examine.ts'

/** A document with a past of its own: three writers, deletions, undone edits. */
function aPast(random: SeededRandom): GuardedDocument {
  const server = new GuardedDocument()
  const replicas = [createReplica(1), createReplica(2), createReplica(300)]
  for (let step = 0; step < 20; step++) {
    const replica = random.pick(replicas)
    Y.applyUpdate(replica.doc, Y.encodeStateAsUpdate(server.doc), 'remote')
    edit(random, replica)
    for (const update of replica.unsent.splice(0)) server.take(update)
  }
  return server
}

/** What must hold of a document after an update was let in: Yjs took it, has all of it, and can go on. */
function checkTaken(server: GuardedDocument, update: Uint8Array): boolean {
  const verdict = server.look(update)
  if (!verdict.ok) {
    expect(verdict.error.code).toBe('INVALID_INPUT')
    return false
  }
  const { known } = server
  for (const { id } of Y.decodeUpdate(verdict.update).structs)
    expect(id.clock).toBeGreaterThanOrEqual(known.get(id.client) ?? 0)
  const doc = server.copy()
  Y.applyUpdate(doc, verdict.update)
  expect(pendingOf(doc)).toBeNull()
  const after = Y.decodeStateVector(Y.encodeStateVector(doc))
  for (const [client, clock] of after) expect(clock).toBe(verdict.clocks.get(client) ?? known.get(client))
  doc.getText('text').insert(0, 'goes on')
  for (const root of [doc.getText('text'), doc.getArray('list')]) root.delete(0, root.length)
  doc.getMap('map').clear()
  doc.getXmlFragment('xml').delete(0, doc.getXmlFragment('xml').length)
  doc.toJSON()
  const snapshot = Y.encodeStateAsUpdate(doc)
  expect(examine(snapshot, new Map(), limits)).toMatchObject({ ok: true })
  const reader = new Y.Doc()
  Y.applyUpdate(reader, snapshot)
  expect(pendingOf(reader)).toBeNull()
  return true
}

function clocksOf(doc: Y.Doc): unknown {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}

/** What stands at each root, one clock after another. Deletions are not compared: each replica removes marks of formats for itself. */
function orderOf(doc: Y.Doc): unknown {
  return [doc.getText('text'), doc.getArray('list'), doc.getXmlFragment('xml')].map((root) => {
    const order: string[] = []
    for (let item = root._start; item; item = item.right)
      for (let at = 0; at < item.length; at++) order.push(`${item.id.client}.${item.id.clock + at}`)
    return order
  })
}

describe('whatever examine lets in, Yjs takes', () => {
  it('[DOC61] real updates with bytes changed, cut out and put in', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const server = aPast(random)
        const replica = createReplica(9)
        Y.applyUpdate(replica.doc, Y.encodeStateAsUpdate(server.doc), 'remote')
        for (let count = 0; count < 4; count++) edit(random, replica)
        const updates = [...replica.unsent, ...server.log, Y.encodeStateAsUpdate(replica.doc)]
        for (let count = 0; count < 120; count++) {
          const changed = Buffer.from(random.pick(updates))
          if (random.integer(2)) changed[random.integer(changed.length)] = random.integer(256)
          if (checkTaken(server, random.integer(2) ? mutate(random, changed) : changed)) taken++
        }
      }),
      { numRuns: 8 },
    )
    expect(taken).toBeGreaterThan(20)
  })

  it('[DOC61] well-formed structs of any kind in any place', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const server = aPast(random)
        for (let count = 0; count < 60; count++) if (checkTaken(server, senseless(random, server.known))) taken++
      }),
      { numRuns: 12 },
    )
    expect(taken).toBeGreaterThan(20)
  })

  it.each<[Places, (doc: Y.Doc) => unknown]>([
    ['any', clocksOf],
    ['behind', orderOf],
  ])('[DOC61] one senseless update after another, in %s places: who opens it later has the same', (places, read) => {
    let taken = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const server = aPast(random)
        const check = (updates: readonly Uint8Array[]) => {
          const reader = new Y.Doc()
          for (const update of updates) Y.applyUpdate(reader, update)
          expect(pendingOf(reader)).toBeNull()
          expect(read(reader)).toEqual(read(server.doc))
        }
        for (let count = 0; count < 120; count++) {
          const verdict = server.take(senseless(random, server.known, places))
          expect(pendingOf(server.doc)).toBeNull()
          if (!verdict.ok || !verdict.adds) continue
          taken++
          check([Y.encodeStateAsUpdate(server.doc)])
        }
        check(server.log)
        check([Y.mergeUpdates(server.log.slice(0, 30)), ...server.log.slice(30)])
        check([Y.mergeUpdates(server.log)])
        const snapshot = Y.encodeStateAsUpdate(server.doc)
        expect(examine(snapshot, new Map(), limits)).toMatchObject({ ok: true })
      }),
      { numRuns: 10 },
    )
    expect(taken).toBeGreaterThan(20)
  })

  it('[DOC62] nothing but a refusal comes of any bytes', () => {
    const server = aPast(seededRandom(1))
    const random = seededRandom(2)
    for (let count = 0; count < 1_000; count++) checkTaken(server, anyBytes(random))
  })
})
