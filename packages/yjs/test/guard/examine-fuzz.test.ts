import { seededRandom, type SeededRandom } from '@millrace/testing'
import { anyBytes, mutate } from '@millrace/testing/faults'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes, type Place, type StructBytes } from '../attacks/update-bytes.ts'
import { GuardedDocument, limits, pendingOf } from './guarded-document.ts'
import { createReplica, edit } from './honest-session.ts'
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

function struct(random: SeededRandom, clients: readonly number[], isShort: boolean): StructBytes {
  const id = () => ({ client: random.pick(clients), clock: random.integer(30) })
  const maybe = <T>(value: T) => (random.integer(3) === 0 ? value : undefined)
  const origin = maybe(id())
  const rightOrigin = maybe(id())
  const key = maybe(random.pick(['a', 'b', 'c']))
  const parent = random.integer(2) ? random.pick(['text', 'list', 'map', 'xml', '']) : id()
  const place = {
    parent,
    ...(origin && { origin }),
    ...(rightOrigin && { rightOrigin }),
    ...(key && { key }),
  } satisfies Place
  return random.pick<() => StructBytes>([
    () => bytes.text(random.pick(isShort ? ['x', '\u{FEFF}'] : ['x', 'longer', '🙂', '\u{FEFF}']), place),
    () => bytes.type(random.integer(7), place),
    () => bytes.raw(7, [3, 1, 112], place),
    () => bytes.raw(7, [5, 1, 112], place),
    () => bytes.any(isShort ? [{ a: [null] }] : [random.integer(9), { a: [null] }], place),
    () => bytes.embed('{"a":1}', place),
    () => bytes.format('bold', random.pick(['true', 'null', '{"a":1}']), place),
    () => bytes.deleted(1 + random.integer(9), place),
    () => bytes.subdocument('guid', random.pick([{}, { autoLoad: true }, { gc: false, meta: 1 }]), place),
    () => bytes.raw(3, [2, 1, 2], place),
    () => (isShort ? bytes.raw(2, [1, 1, 49], place) : bytes.raw(2, [2, 9, ...Buffer.from('undefined'), 1, 49], place)),
    () => bytes.collected(1 + random.integer(9)),
  ])()
}

/** Well formed, senseless: references anywhere, types beside text, values of maps that are lists. */
function senseless(random: SeededRandom, known: ReadonlyMap<number, number>, lengths?: 'short'): Uint8Array {
  const clients = [1, 2, 300, 77, 4_000_000_000]
  const sections = clients
    .filter(() => random.integer(3) === 0)
    .map((client) => ({
      client,
      clock: random.integer(4) ? (known.get(client) ?? 0) : random.integer(1 + (known.get(client) ?? 0)),
      structs: Array.from({ length: 1 + random.integer(4) }, () => struct(random, clients, lengths === 'short')),
    }))
  const ranges = [[random.integer(20), 1 + random.integer(9)]] as const
  return updateBytes(sections, random.integer(2) ? [{ client: random.pick(clients), ranges }] : [])
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
      { numRuns: 12 },
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

  // Short: the guard does not know which structs of a document are values of maps, and beside those longer ones do harm.
  it('[DOC61] one senseless update after another, by a reader who has all of them', () => {
    let taken = 0
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed)
        const server = aPast(random)
        for (let count = 0; count < 120; count++) {
          const verdict = server.take(senseless(random, server.known, 'short'))
          if (verdict.ok) taken++
          expect(pendingOf(server.doc)).toBeNull()
        }
        const reader = new Y.Doc()
        for (const update of [Y.mergeUpdates(server.log.slice(0, 30)), ...server.log.slice(30)])
          Y.applyUpdate(reader, update)
        expect(pendingOf(reader)).toBeNull()
        expect(Y.encodeStateVector(reader)).toEqual(Y.encodeStateVector(server.doc))
        const snapshot = Y.encodeStateAsUpdate(server.doc)
        expect(examine(snapshot, new Map(), limits)).toMatchObject({ ok: true })
      }),
      { numRuns: 12 },
    )
    expect(taken).toBeGreaterThan(20)
  })

  it('[DOC62] nothing but a refusal comes of any bytes', () => {
    const server = aPast(seededRandom(1))
    const random = seededRandom(2)
    for (let count = 0; count < 1_000; count++) checkTaken(server, anyBytes(random))
  })
})
