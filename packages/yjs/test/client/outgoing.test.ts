import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Outgoing } from '../../src/client/outgoing.ts'

function typed(count: number): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  for (let at = 0; at < count; at += 1) doc.getText('text').insert(at, 'x')
  return { doc, updates }
}

function read(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('text').toJSON()
}

describe('Outgoing', () => {
  it('[DOC102] gives everything that waits as one update, and counts its edits', () => {
    const outgoing = new Outgoing()
    const { updates } = typed(200)
    for (const update of updates) outgoing.add({ update, count: 1 })
    expect(outgoing.count).toBe(200)
    const batch = outgoing.take(1_000_000)!
    expect(batch.count).toBe(200)
    expect(read([batch.update])).toBe('x'.repeat(200))
    expect([outgoing.count, outgoing.isEmpty, outgoing.take(1_000_000)]).toEqual([0, true, undefined])
  })

  it('[DOC102] keeps what does not fit for the next one, in order; what is too large alone goes alone', () => {
    const outgoing = new Outgoing()
    const { updates } = typed(4)
    for (const update of updates) outgoing.add({ update, count: 1 })
    const two = updates[0]!.length + updates[1]!.length
    const first = outgoing.take(two)!
    expect(first.count).toBe(2)
    const second = outgoing.take(1)!
    expect(second.count).toBe(1)
    outgoing.putBack(second)
    const rest = outgoing.take(1_000_000)!
    expect(read([first.update, rest.update])).toBe('xxxx')
  })
})
