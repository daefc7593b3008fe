import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { nestingOf } from '../../src/server/guard/nesting-of.ts'
import { mostLevels } from '../../src/server/guard/order-structs.ts'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes } from '../attacks/update-bytes.ts'
import { GuardedDocument, limits } from './guarded-document.ts'
import { examine, mostClients } from '../../src/server/guard/examine.ts'

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + '1' + close.repeat(depth)

/** A document in which client 1 wrote "hello" and has a paragraph. */
function aDocument(): GuardedDocument {
  const server = new GuardedDocument()
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getText('text').insert(0, 'hello')
  doc.getXmlFragment('xml').insert(0, [new Y.XmlElement('p')])
  server.take(Y.encodeStateAsUpdate(doc))
  return server
}

function refusalOf(update: Uint8Array): { code: string; message: string; data: unknown } {
  const server = aDocument()
  const verdict = server.look(update)
  if (verdict.ok) throw new Error('it was let in')
  return verdict.error
}

const one = (...structs: bytes.StructBytes[]) => updateBytes([{ client: 2, clock: 0, structs }])
const values = (...tags: number[]) => one(bytes.raw(8, [1, ...tags]))

describe('examine refuses what is no update', () => {
  const good = Y.encodeStateAsUpdate(aDocument().doc)
  const typed = new Y.Doc()
  typed.getText('text').insert(0, 'hello')
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /ends too early/],
    ['garbage', Uint8Array.from({ length: 64 }, (_, at) => (at * 151 + 77) & 255), /no Yjs update/],
    ['an update without its end', good.subarray(0, good.length - 1), /ends too early/],
    ['an update of version 2', Y.encodeStateAsUpdateV2(typed), /version 2/],
    ['an update of version 2 with names in it', Y.encodeStateAsUpdateV2(aDocument().doc), /no Yjs update/],
    ['bytes after the end', Uint8Array.from([...good, 0]), /bytes are left/],
    ['a number of nine bytes', Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 127]), /too l/],
    ['a section that says more structs than it has', Uint8Array.from([1, 200, 1, 2, 0, 4]), /fewer than it says/],
    ['a section without structs', updateBytes([{ client: 2, clock: 0, structs: [] }]), /no structs/],
    ['a struct without length', one(bytes.deleted(0)), /no length/],
    ['text without length', one(bytes.text('')), /no length/],
    ['a collected struct without length', one(bytes.collected(0)), /no length/],
    ['text that is not UTF-8', one(bytes.raw(4, [2, 0xc0, 0x80])), /UTF-8/],
    ['half of a surrogate pair', one(bytes.raw(4, [3, 0xed, 0xa0, 0x80])), /UTF-8/],
    ['content of no kind', one(bytes.raw(11, [])), /no known kind/],
    ['a type of no kind', one(bytes.type(7)), /type is of no known kind/],
    ['a parent of no kind', Uint8Array.from([1, 1, 2, 0, 4, 2, 1, 97, 0]), /parent is of no known kind/],
    ['a value of no kind', values(115), /no known kind/],
    ['a list of 2^40 values', one(bytes.raw(8, [128, 128, 128, 128, 128, 64])), /ends too early/],
    ['an embed that is no JSON', one(bytes.embed('{')), /no JSON/],
    ['a format that is no JSON', one(bytes.format('bold', 'undefined')), /no JSON/],
    ['JSON that is no JSON', one(bytes.raw(2, [1, 1, 123])), /no JSON/],
    ['a subdocument without options', one(bytes.subdocument('x', null)), /no object/],
  ])('[DOC62] %s', (_, update, message) => {
    expect(refusalOf(update)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(message) })
  })

  it('[DOC62] every beginning of an update', () => {
    for (let length = 0; length < good.length; length++)
      expect(refusalOf(good.subarray(0, length))).toMatchObject({ code: 'INVALID_INPUT' })
  })
})

describe('examine refuses what a document lacks', () => {
  const there = { client: 1, clock: 4 }
  const absent = { client: 1, clock: 6 }
  const unheard = { client: 3, clock: 0 }
  it.each<[string, Uint8Array, number, number]>([
    ['a clock above the known', updateBytes([{ client: 2, clock: 1, structs: [bytes.text('x')] }]), 2, 0],
    ['a clock above that of a known client', updateBytes([{ client: 1, clock: 7, structs: [bytes.text('x')] }]), 1, 6],
    ['an origin', one(bytes.text('x', { origin: absent })), 1, 6],
    ['a right origin', one(bytes.text('x', { origin: there, rightOrigin: absent })), 1, 6],
    ['a parent', one(bytes.text('x', { parent: unheard })), 3, 0],
    [
      'what it has itself, but too little of',
      updateBytes([
        { client: 2, clock: 0, structs: [bytes.text('x', { origin: { client: 3, clock: 1 } })] },
        { client: 3, clock: 0, structs: [bytes.text('y')] },
      ]),
      3,
      1,
    ],
    ['deletions of nobody', updateBytes([], [{ client: 3, ranges: [[0, 1]] }]), 3, 0],
    [
      'deletions beyond a client',
      updateBytes(
        [],
        [
          {
            client: 1,
            ranges: [
              [0, 1],
              [5, 2],
            ],
          },
        ],
      ),
      1,
      6,
    ],
    [
      'a reference of a struct that is known',
      updateBytes([{ client: 1, clock: 0, structs: [bytes.text('h', { origin: unheard })] }]),
      3,
      0,
    ],
  ])('[DOC63] %s', (_, update, client, known) => {
    expect(refusalOf(update)).toMatchObject({ code: 'INVALID_INPUT', data: { reason: 'missing', client, known } })
  })
})

describe('examine refuses what harms readers', () => {
  const at = (client: number, clock: number) => ({ origin: { client, clock } })
  it.each<[string, Uint8Array, RegExp]>([
    [
      'structs in a circle',
      updateBytes([
        { client: 2, clock: 0, structs: [bytes.text('x', at(3, 0)), bytes.text('x')] },
        { client: 3, clock: 0, structs: [bytes.text('y', at(2, 1)), bytes.text('y')] },
      ]),
      /circle/,
    ],
    [
      'three clients in a circle',
      updateBytes([
        { client: 2, clock: 0, structs: [bytes.text('x', at(3, 0))] },
        { client: 3, clock: 0, structs: [bytes.text('y', at(4, 0))] },
        { client: 4, clock: 0, structs: [bytes.text('z', at(2, 0))] },
      ]),
      /circle/,
    ],
    ['a struct behind itself', one(bytes.text('x', at(2, 0))), /circle/],
    ['a struct behind a later one of its own', one(bytes.text('x', at(2, 1)), bytes.text('y')), /circle/],
    ['a type in itself', one(bytes.type(1, { parent: { client: 2, clock: 0 } })), /circle/],
    [
      'a Skip',
      updateBytes([{ client: 2, clock: 0, structs: [bytes.text('x'), bytes.leftOut(2), bytes.text('y')] }]),
      /leaves structs out/,
    ],
    ['a client id above 32 bits', updateBytes([{ client: 2 ** 32, clock: 0, structs: [bytes.text('x')] }]), /32 bits/],
    ['a clock above 31 bits', one(bytes.deleted(2 ** 31 - 1), bytes.text('x')), /2\^31/],
    ['a length above 53 bits', one(bytes.deleted(2 ** 50)), /2\^31/],
    ['a value too deep', one(bytes.any([JSON.parse(nested(101, '[', ']'))])), /deeper/],
    ['an embed too deep', one(bytes.embed(nested(101, '{"a":', '}'))), /deeper/],
    ['a member __proto__', one(bytes.any([JSON.parse('{"a":{"__proto__":{"admin":true}}}')])), /__proto__/],
    ['options of a subdocument that change how it is read', one(bytes.subdocument('x', { guid: 5 })), /options/],
    [
      'types too deep',
      one(
        ...Array.from({ length: mostLevels + 2 }, (_, clock) =>
          bytes.type(1, clock === 0 ? {} : { parent: { client: 2, clock: clock - 1 }, key: 'a' }),
        ),
      ),
      /nested/,
    ],
    [
      'two sections of one client',
      updateBytes([
        { client: 2, clock: 0, structs: [bytes.text('x')] },
        { client: 2, clock: 1, structs: [bytes.text('y')] },
      ]),
      /two sections/,
    ],
    [
      'deletions over each other',
      updateBytes(
        [],
        [
          {
            client: 1,
            ranges: [
              [0, 3],
              [2, 1],
            ],
          },
        ],
      ),
      /overlap/,
    ],
    [
      'deletions not in order',
      updateBytes(
        [],
        [
          {
            client: 1,
            ranges: [
              [3, 1],
              [0, 1],
            ],
          },
        ],
      ),
      /in order/,
    ],
    ['deletions without length', updateBytes([], [{ client: 1, ranges: [[6, 0]] }]), /no length/],
    [
      'deletions of a client in two places',
      updateBytes(
        [],
        [
          { client: 1, ranges: [[0, 1]] },
          { client: 1, ranges: [[1, 1]] },
        ],
      ),
      /two places/,
    ],
  ])('[DOC64] %s', (_, update, message) => {
    expect(refusalOf(update)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(message) })
  })
})

describe('examine stores each struct once', () => {
  it('[DOC65] leaves out what the document has, so that it does not come a second time and differently', () => {
    const server = aDocument()
    const forged = updateBytes([
      { client: 1, clock: 0, structs: [bytes.text('HELLO')] },
      { client: 2, clock: 0, structs: [bytes.text('!', { origin: { client: 1, clock: 4 } })] },
    ])
    const verdict = server.take(forged)
    if (!verdict.ok) throw verdict.error
    expect([...verdict.clocks]).toEqual([[2, 1]])
    expect(verdict.firstWritten).toEqual([2])
    expect(Y.decodeUpdate(verdict.update).structs).toHaveLength(1)
    const reader = new Y.Doc()
    Y.applyUpdate(reader, Y.mergeUpdates([verdict.update, ...server.log]))
    expect(reader.getText('text').toJSON()).toBe('hello!')
  })

  it('[DOC65] keeps the end of a struct of which the document has the beginning', () => {
    const server = aDocument()
    const verdict = server.take(
      updateBytes([
        { client: 1, clock: 5, structs: [bytes.raw(7, [3, 1, 112], { parent: 'xml' }), bytes.text('more')] },
      ]),
    )
    if (!verdict.ok) throw verdict.error
    expect([...verdict.clocks]).toEqual([[1, 10]])
    expect(verdict.firstWritten).toEqual([])
    const longer = server.take(updateBytes([{ client: 1, clock: 6, structs: [bytes.text('more and more')] }]))
    if (!longer.ok) throw longer.error
    expect(server.doc.getText('text').toJSON()).toBe('more and morehello')
  })

  it('[DOC66] says that there is nothing to store where nothing is added', () => {
    const server = aDocument()
    const all = updateBytes([{ client: 1, clock: 0, structs: [bytes.text('hello')] }])
    for (const update of [updateBytes([]), all]) expect(server.look(update)).toMatchObject({ ok: true, adds: false })
    expect(server.look(updateBytes([], [{ client: 1, ranges: [[0, 1]] }]))).toMatchObject({ ok: true, adds: true })
  })
})

describe('how deep types stand in each other', () => {
  const chain = (client: number, levels: number, under: bytes.Place) =>
    updateBytes([
      {
        client,
        clock: 0,
        structs: Array.from({ length: levels }, (_, clock) =>
          bytes.type(1, clock === 0 ? under : { parent: { client, clock: clock - 1 }, key: 'a' }),
        ),
      },
    ])

  it('[DOC69] an update says how many levels it may add, and all updates how many there are', () => {
    const server = aDocument()
    expect(nestingOf(server.log)).toBe(1)
    const levelsOf = (update: Uint8Array) => {
      const verdict = server.take(update)
      if (!verdict.ok) throw verdict.error
      return verdict.levels
    }
    expect(levelsOf(updateBytes([{ client: 1, clock: 6, structs: [bytes.text('no type')] }]))).toBe(0)
    expect(levelsOf(chain(2, 40, { parent: { client: 1, clock: 5 } }))).toBe(41)
    expect(nestingOf(server.log)).toBe(41)
    // Beside the innermost, and in that one.
    const beside = bytes.type(1, { origin: { client: 2, clock: 39 } })
    expect(levelsOf(updateBytes([{ client: 3, clock: 0, structs: [beside] }]))).toBe(1)
    expect(levelsOf(chain(4, 30, { parent: { client: 3, clock: 0 } }))).toBe(31)
    expect(nestingOf(server.log)).toBe(71)
    expect(nestingOf([Y.encodeStateAsUpdate(server.doc)])).toBe(71)
  })

  it('[DOC69] any number of levels is counted without recursion', () => {
    const deep = [chain(2, mostLevels, { parent: 'map', key: 'a' })]
    for (let client = 3; client < 300; client++)
      deep.push(chain(client, mostLevels, { parent: { client: client - 1, clock: mostLevels - 1 } }))
    expect(nestingOf(deep)).toBe(298 * mostLevels)
  })
})

describe('examine bounds a document', () => {
  it('[DOC67] refuses more than 65,536 client ids, and lets those go on that are there', () => {
    const known = new Map(Array.from({ length: mostClients }, (_, client) => [client, 1] as const))
    const verdictOn = (client: number, clock: number) =>
      examine(updateBytes([{ client, clock, structs: [bytes.text('x')] }]), known, limits)
    expect(verdictOn(70_000, 0)).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } })
    expect(verdictOn(7, 1)).toMatchObject({ ok: true })
    known.delete(8)
    expect(verdictOn(70_000, 0)).toMatchObject({ ok: true })
  })

  const update = one(bytes.text('x'.repeat(100)))
  it('[DOC67] refuses what is larger than an update or the document may be, and lets deletions in', () => {
    const known = new Map([[1, 6]])
    const refused = { ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } }
    expect(examine(update, known, { ...limits, maxUpdateBytes: 100 })).toMatchObject(refused)
    expect(examine(update, known, { ...limits, bytesLeft: 100 })).toMatchObject(refused)
    expect(examine(update, known, { ...limits, bytesLeft: update.length })).toMatchObject({ ok: true })
    const deletion = updateBytes([], [{ client: 1, ranges: [[0, 5]] }])
    expect(examine(deletion, known, { ...limits, bytesLeft: 0 })).toMatchObject({ ok: true })
  })
})
