import { describe, expect, it } from 'vitest'
import { examine } from '../../src/server/guard/examine.ts'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes, type StructBytes } from '../attacks/update-bytes.ts'
import { limits } from './guarded-document.ts'

/** Larger ones are looked at in the worker. */
const mostAtOnce = 64 * 1024
const known = new Map([[1, 1_000_000]])

/** One client's update of about 64 kB. */
function full(struct: (index: number) => StructBytes): Uint8Array {
  const sample = updateBytes([
    { client: 2, clock: 0, structs: Array.from({ length: 100 }, (_, index) => struct(index + 4_000)) },
  ])
  const count = Math.floor((mostAtOnce - 50) / (sample.length / 100))
  return updateBytes([{ client: 2, clock: 0, structs: Array.from({ length: count }, (_, index) => struct(index)) }])
}

const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

/** The most of each kind of work that 64 kB ask for. */
const heaviest: [string, Uint8Array][] = [
  ['text of one letter', full(() => bytes.text('x'))],
  ['long text of four bytes a sign', full(() => bytes.text('🙂'.repeat(1_000)))],
  [
    'clients',
    updateBytes(many(4_600, (index) => ({ client: 1_000_000 + index, clock: 0, structs: [bytes.text('x')] }))),
  ],
  [
    'clients that wait for each other',
    updateBytes(
      many(4_200, (index) => ({
        client: 1_000_000 + index,
        clock: 0,
        structs: [bytes.text('x', index === 4_199 ? {} : { origin: { client: 1_000_001 + index, clock: 0 } })],
      })),
    ),
  ],
  ['deletions', updateBytes([], [{ client: 1, ranges: many(15_000, (index) => [index * 2, 1] as const) }])],
  ['formats', full(() => bytes.format('b', '1', { origin: { client: 1, clock: 5 } }))],
  ['deep JSON', full(() => bytes.embed('['.repeat(90) + ']'.repeat(90)))],
  ['deep values', full(() => bytes.raw(8, [1, ...many(90, () => [117, 1]).flat(), 126]))],
  ['subdocuments', full(() => bytes.subdocument('', {}))],
  ['types', full((index) => bytes.type(0, index % 150 ? { parent: { client: 2, clock: index - 1 } } : {}))],
  ['references in it', full((index) => bytes.text('x', index ? { origin: { client: 2, clock: index >> 1 } } : {}))],
]

describe('what examine costs', () => {
  it.each(heaviest)('[DOC68] takes below 50 ms for 64 kB of %s, new or known', (_, update) => {
    expect(update.length).toBeGreaterThan(mostAtOnce * 0.7)
    expect(update.length).toBeLessThanOrEqual(mostAtOnce)
    for (const clocks of [known, new Map([...known, [2, 100] as const])]) {
      // The least of some: other processes take their share of each.
      const times = many(5, () => {
        const from = performance.now()
        expect(examine(update, clocks, limits)).toMatchObject({ ok: true })
        return performance.now() - from
      })
      expect(Math.min(...times)).toBeLessThan(50)
    }
  })
})
