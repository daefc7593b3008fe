import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { otherSplits, splitValue } from '../attacks/split-value.ts'
import { any, deleted, text, type, updateBytes } from '../attacks/update-bytes.ts'
import { GuardedDocument } from './guarded-document.ts'

const taken = (...updates: Uint8Array[]): GuardedDocument => {
  const server = new GuardedDocument()
  for (const update of updates) expect(server.take(update)).toMatchObject({ ok: true })
  return server
}
const refused = { ok: false, error: { code: 'INVALID_INPUT' } }
const inMap = { parent: 'map', key: 'a' }
const behind = (client: number, clock: number) => ({ origin: { client, clock } })

describe('values of maps', () => {
  it('[DOC74] are not split, by what stands behind or before a part of them, or by deletions', () => {
    const [valued, split, deletion] = splitValue
    for (const update of [split, ...otherSplits]) {
      expect(taken(valued).take(update)).toMatchObject(refused)
      // Within one update, too.
      expect(new GuardedDocument().take(Y.mergeUpdates([valued, update]))).toMatchObject(refused)
    }
    taken(valued, deletion)
  })

  it('[DOC74] are known by what they stand behind, over any number of updates and clients', () => {
    const server = taken(
      updateBytes([{ client: 1, clock: 0, structs: [any([1], inMap)] }]),
      updateBytes([
        { client: 3, clock: 0, structs: [any([2], behind(2, 0))] },
        { client: 2, clock: 0, structs: [any([2], behind(1, 0))] },
      ]),
      updateBytes([{ client: 3, clock: 1, structs: [text('abc', behind(3, 0))] }]),
    )
    expect(server.take(updateBytes([{ client: 4, clock: 0, structs: [any([1], behind(3, 2))] }]))).toMatchObject(
      refused,
    )
    expect(server.take(updateBytes([], [{ client: 3, ranges: [[1, 2]] }]))).toMatchObject(refused)
    expect(server.take(updateBytes([], [{ client: 3, ranges: [[1, 3]] }]))).toMatchObject({ ok: true })
    // Nobody reads it any more.
    expect(server.take(updateBytes([{ client: 4, clock: 0, structs: [any([1], behind(3, 2))] }]))).toMatchObject({
      ok: true,
    })
  })

  it('[DOC74] are split where they are deleted with it, and lists and texts anywhere', () => {
    const sections = (value: ReturnType<typeof any>) => [
      { client: 2, clock: 0, structs: [value] },
      { client: 3, clock: 0, structs: [any([3], behind(2, 0))] },
    ]
    taken(updateBytes(sections(any([1, 2], inMap)), [{ client: 2, ranges: [[0, 2]] }]))
    taken(updateBytes(sections(deleted(2, inMap))))
    taken(updateBytes(sections(any([1, 2], { parent: 'list' }))))
    taken(updateBytes(sections(text('ab'))))
    taken(
      updateBytes([
        { client: 2, clock: 0, structs: [type(0, inMap), any([1, 2], { parent: { client: 2, clock: 0 } })] },
      ]),
      updateBytes([], [{ client: 2, ranges: [[2, 1]] }]),
    )
  })

  it('[DOC60, DOC74] that Yjs writes of several clocks are let in: overwritten ones that are kept, and an undo of two at once', () => {
    const kept = new Y.Doc({ gc: false })
    for (let value = 0; value < 5; value++) kept.getMap('map').set('a', value)
    const early = new Y.Doc({ gc: false })
    Y.applyUpdate(early, Y.encodeStateAsUpdate(kept))
    kept.getMap('map').set('a', 'late')
    early.getMap('map').set('a', 'beside it')
    taken(Y.encodeStateAsUpdate(kept), Y.encodeStateAsUpdate(early))

    const [ada, bob] = [new Y.Doc(), new Y.Doc()]
    const undo = new Y.UndoManager(bob.getMap('map'), { captureTimeout: 1e9 })
    const [a, b] = [ada.getMap('map'), bob.getMap('map')]
    for (const value of [1, 2]) {
      a.set('a', value) // without having heard that it was deleted
      Y.applyUpdate(bob, Y.encodeStateAsUpdate(ada), 'remote')
      b.delete('a')
    }
    undo.undo()
    expect(b.get('a')).toBe(2)
    const own = Y.decodeUpdate(Y.encodeStateAsUpdate(bob)).structs.filter(({ id }) => id.client === bob.clientID)
    expect(own.map(({ length }) => length)).toEqual([2])
    const server = taken(Y.encodeStateAsUpdate(bob))
    const before = Y.encodeStateVector(bob)
    b.set('a', 3)
    undo.undo()
    expect(server.take(Y.encodeStateAsUpdate(bob, before))).toMatchObject({ ok: true })
  })
})
