import { describe, expect, it } from 'vitest'
import { eachPoint, readView } from '../../src/series/read-view.ts'

const limits = { tracks: 3, points: 10 }

/** Three tracks: steps of one byte, none, steps of two. */
function answer(change: object = {}, packing: object = {}): object {
  const data = Buffer.alloc(8 * 7 + 2 + 2)
  for (const [index, float] of [1_000, 0.1, -0, 5e-324, 2_000, 1e308, 7].entries()) data.writeDoubleLE(float, 8 * index)
  data.writeUInt8(0, 56)
  data.writeUInt8(255, 57)
  data.writeUInt16LE(300, 58)
  const packed = { unitMs: 50, widths: [1, 1, 2], ...packing }
  const head = { view: 1, epoch: 'e', columnMs: 1_000, kind: 'replace', from: 0 }
  return { ...head, counts: [3, 0, 2], data, packed, ...change }
}

describe('packed points of an answer', () => {
  it('[SER118] are read to the bit', () => {
    const points: (readonly number[])[] = []
    eachPoint(readView(answer(), limits)!, (...point) => points.push(point))
    expect(points).toEqual([
      [0, 1_000, 0.1],
      [0, 1_000, -0],
      [0, 13_750, 5e-324],
      [2, 2_000, 1e308],
      [2, 17_000, 7],
    ])
  })

  it.each<[string, object, object?]>([
    ['a width that there is none of', {}, { widths: [1, 1, 3] }],
    ['too few widths', {}, { widths: [1, 1] }],
    ['widths that are no list', {}, { widths: 1 }],
    ['a unit that is none', {}, { unitMs: null }],
    ['a unit that goes backwards', {}, { unitMs: -50 }],
    ['other counts', { counts: [3, 1, 2] }],
    ['bytes that are missing', { data: Buffer.alloc(59) }],
    ['bytes that are left over', { data: Buffer.alloc(61) }],
    ['no bytes', { data: 'AAAA' }],
    ['points before the window', { from: 1_001 }],
    ['a number for a packing', { packed: 1 }],
  ])('[SER112, SER118] are refused with %s', (_, change, packing) => {
    expect(readView(answer(change, packing), limits)).toBeUndefined()
  })
})
