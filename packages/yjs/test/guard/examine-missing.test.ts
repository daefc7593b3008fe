import { describe, expect, it } from 'vitest'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes, updateOf } from '../attacks/update-bytes.ts'
import { refusalOf } from './guarded-document.ts'

describe('examine refuses what a document lacks', () => {
  const there = { client: 1, clock: 4 }
  const absent = { client: 1, clock: 6 }
  const unheard = { client: 3, clock: 0 }
  it.each<[string, Uint8Array, number, number]>([
    ['a clock above the known', updateBytes([{ client: 2, clock: 1, structs: [bytes.text('x')] }]), 2, 0],
    ['a clock above that of a known client', updateBytes([{ client: 1, clock: 7, structs: [bytes.text('x')] }]), 1, 6],
    ['an origin', updateOf(bytes.text('x', { origin: absent })), 1, 6],
    ['a right origin', updateOf(bytes.text('x', { origin: there, rightOrigin: absent })), 1, 6],
    ['a parent', updateOf(bytes.text('x', { parent: unheard })), 3, 0],
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
