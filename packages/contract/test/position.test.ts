import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePosition, samePosition, step, type Link, type Position } from '@millrace/contract'

const start: Position = { epoch: 'e', offset: 0, id: '' }
const top: Position = { epoch: 'e', offset: 2, id: 'b' }
const link = (offset: number, id: string, prev: string, epoch = 'e'): Link => ({ epoch, offset, id, prev })

describe('parsePosition', () => {
  it('[WIR7] reads a position and nothing beside it', () => {
    expect(parsePosition({ ...top, more: 1 })).toEqual(top)
    expect(parsePosition(start)).toEqual(start)
  })

  const bad: readonly unknown[] = [
    null,
    undefined,
    'e',
    [],
    {},
    { ...top, epoch: '' },
    { ...top, epoch: 'e'.repeat(65) },
    { ...top, epoch: 1 },
    { ...top, offset: -1 },
    { ...top, offset: 1.5 },
    { ...top, offset: '2' },
    { ...top, offset: 2 ** 53 },
    { ...top, id: 'i'.repeat(33) },
    { ...top, id: 7 },
    { ...top, id: '' },
    { ...start, id: 'a' },
  ]
  it.each(bad)('[WIR7] refuses %j', (value) => {
    expect(parsePosition(value)).toBeUndefined()
  })

  it('[WIR7] what it reads, it reads again after a trip over the wire', () => {
    const near = fc.record({ epoch: fc.string(), offset: fc.nat(3), id: fc.string({ maxLength: 3 }) })
    fc.assert(
      fc.property(fc.oneof(fc.anything(), near), (value) => {
        const position = parsePosition(value)
        if (position) expect(parsePosition(JSON.parse(JSON.stringify(position)))).toEqual(position)
      }),
    )
  })

  it('[WIR7] positions are the same only in all three members', () => {
    expect(samePosition(top, { ...top })).toBe(true)
    for (const other of [
      { ...top, epoch: 'f' },
      { ...top, offset: 3 },
      { ...top, id: 'c' },
    ])
      expect(samePosition(top, other)).toBe(false)
  })
})

describe('step', () => {
  it('[WIR8] the next entry follows in offset and in id', () => {
    expect(step(start, link(1, 'a', ''))).toBe('next')
    expect(step(top, link(3, 'c', 'b'))).toBe('next')
  })

  it.each([
    ['epoch', link(3, 'c', 'b', 'f')],
    ['epoch', link(1, 'a', '', 'f')],
    ['hole', link(4, 'd', 'c')],
    ['rewound', link(3, 'c', 'x')],
    ['rewound', link(2, 'x', 'a')],
    ['seen', link(2, 'b', 'a')],
    ['seen', link(1, 'a', '')],
  ] as const)('[WIR9] %s: %j', (expected, entry) => {
    expect(step(top, entry)).toBe(expected)
  })

  it('[WIR10] delivers a history in order, once, however it is shuffled and repeated', () => {
    const history = Array.from({ length: 6 }, (_, index) =>
      link(index + 1, `i${index + 1}`, index === 0 ? '' : `i${index}`),
    )
    const forged = [link(3, 'x3', 'i2'), link(4, 'x4', 'x3'), link(2, 'i2', 'i1', 'f')]
    const arrivals = fc.array(fc.constantFrom(...history, ...forged), { maxLength: 60 })
    fc.assert(
      fc.property(arrivals, (entries) => {
        let at = start
        const delivered: Link[] = []
        for (const entry of entries) {
          if (step(at, entry) !== 'next') continue
          delivered.push(entry)
          at = { epoch: entry.epoch, offset: entry.offset, id: entry.id }
        }
        delivered.forEach((entry, index) => {
          expect(entry.offset).toBe(index + 1)
          expect(entry.prev).toBe(delivered[index - 1]?.id ?? '')
        })
      }),
    )
  })
})
