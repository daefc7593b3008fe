import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { nestingOf } from '../../src/server/guard/nesting-of.ts'
import { mostLevels } from '../../src/server/guard/order-structs.ts'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes } from '../attacks/update-bytes.ts'
import { aDocument } from './guarded-document.ts'

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
