import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { readStateVector } from '../../src/server/guard/state-vector.ts'

describe('readStateVector', () => {
  it('[DOC73] reads what Yjs writes', () => {
    const clocks = new Map([
      [2 ** 32 - 1, 2 ** 31 - 1],
      [300, 7],
      [0, 1],
    ])
    expect(readStateVector(Y.encodeStateVector(clocks))).toEqual(clocks)
    expect(readStateVector(Y.encodeStateVector(new Y.Doc()))).toEqual(new Map())
  })

  it.each<[string, number[]]>([
    ['nothing', []],
    ['more entries than bytes', [255, 255, 255, 127, 1, 1]],
    ['an end too early', [2, 1, 1, 2]],
    ['bytes after the end', [1, 1, 1, 0]],
    ['a client twice', [2, 1, 1, 1, 2]],
    ['a client above 32 bits', [1, 128, 128, 128, 128, 16, 1]],
    ['a clock above 31 bits', [1, 1, 128, 128, 128, 128, 8]],
  ])('[DOC73] refuses %s', (_, bytes) => {
    expect(() => readStateVector(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
  })
})
