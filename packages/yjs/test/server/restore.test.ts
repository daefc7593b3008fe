import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { examine } from '../../src/server/guard/examine.ts'
import { restoringUpdate } from '../../src/server/restore.ts'

/** Everything in a document, as values that compare. */
function contentOf(doc: Y.Doc): unknown {
  return {
    text: doc.getText('text').toDelta(),
    map: doc.getMap('map').toJSON(),
    array: doc.getArray('array').toJSON(),
    xml: doc.getXmlFragment('xml').toJSON(),
  }
}

const step = fc.record({
  what: fc.constantFrom('insert', 'delete', 'format', 'set', 'unset', 'nest', 'push', 'cut', 'element', 'prune'),
  client: fc.integer({ min: 0, max: 2 }),
  at: fc.nat(30),
  length: fc.integer({ min: 1, max: 6 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function edit(doc: Y.Doc, { what, at, length }: Step): void {
  const [text, map, array] = [doc.getText('text'), doc.getMap('map'), doc.getArray('array')]
  const xml = doc.getXmlFragment('xml')
  const within = (size: number) => at % (size + 1)
  const key = `key ${at % 4}`
  if (what === 'insert') text.insert(within(text.length), 'abcdef'.slice(0, length))
  if (what === 'delete' && text.length > 0)
    text.delete(at % text.length, Math.min(length, text.length - (at % text.length)))
  if (what === 'format' && text.length > 0)
    text.format(0, Math.min(length, text.length), { bold: at % 2 === 0 ? true : null })
  if (what === 'set') map.set(key, at)
  if (what === 'unset') map.delete(key)
  if (what === 'nest') map.set(key, new Y.Array())
  if (what === 'push') {
    const nested = map.get(key)
    const target = nested instanceof Y.Array ? nested : array
    target.insert(within(target.length), [at, new Y.Map([['n', length]])])
  }
  if (what === 'cut' && array.length > 0) array.delete(at % array.length, 1)
  if (what === 'element') {
    const element = new Y.XmlElement('p')
    element.setAttribute('size', String(length))
    element.insert(0, [new Y.XmlText('words')])
    xml.insert(within(xml.length), [element])
  }
  if (what === 'prune' && xml.length > 0) xml.delete(at % xml.length, 1)
}

function play(docs: readonly Y.Doc[], steps: readonly Step[]): void {
  for (const one of steps) {
    const doc = docs[one.client]
    if (doc) edit(doc, one)
    for (const from of docs)
      for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
  }
}

it('[DOC23] an edit makes any document what it was, and the guard takes it', () => {
  const steps = fc.array(step, { maxLength: 25 })
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const docs = [1, 2, 3].map((client) => Object.assign(new Y.Doc(), { clientID: client }))
      const [doc] = docs as [Y.Doc]
      play(docs, before)
      const version = Y.encodeStateAsUpdate(doc)
      const then = contentOf(doc)
      play(docs, after)
      const known = Y.decodeStateVector(Y.encodeStateVector(doc))
      const update = restoringUpdate(Y.encodeStateAsUpdate(doc), version, 99)
      const verdict = examine(update, known, { maxUpdateBytes: 1_000_000, bytesLeft: 1_000_000 })
      expect(verdict).toMatchObject({ ok: true })
      Y.applyUpdate(doc, update)
      expect(contentOf(doc)).toEqual(then)
    }),
    { numRuns: 300 },
  )
})

it('[DOC23] is written under the client id that it is given, also where that wrote since the version', () => {
  const doc = new Y.Doc()
  doc.clientID = 7
  doc.getText('text').insert(0, 'before')
  const version = Y.encodeStateAsUpdate(doc)
  doc.clientID = 8
  doc.getText('text').insert(0, 'since ')
  doc.getText('text').delete(8, 2)
  const present = Y.encodeStateAsUpdate(doc)
  const update = restoringUpdate(present, version, 8)
  const reader = new Y.Doc()
  for (const piece of [present, update]) Y.applyUpdate(reader, piece)
  expect(reader.getText('text').toJSON()).toBe('before')
  expect([...new Set(Y.decodeUpdate(update).structs.map(({ id }) => id.client))]).toEqual([8])
})
