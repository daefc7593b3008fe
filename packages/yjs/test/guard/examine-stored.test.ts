import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { examine, mostClients } from '../../src/server/guard/examine.ts'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes, updateOf } from '../attacks/update-bytes.ts'
import { aDocument, limits } from './guarded-document.ts'

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

  const update = updateOf(bytes.text('x'.repeat(100)))
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
