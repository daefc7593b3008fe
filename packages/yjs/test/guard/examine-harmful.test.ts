import { describe, expect, it } from 'vitest'
import { mostLevels } from '../../src/server/guard/order-structs.ts'
import * as bytes from '../attacks/update-bytes.ts'
import { unorderedBytes, updateBytes, updateOf } from '../attacks/update-bytes.ts'
import { refusalOf } from './guarded-document.ts'

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + '1' + close.repeat(depth)

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
    ['a struct behind itself', updateOf(bytes.text('x', at(2, 0))), /circle/],
    ['a struct behind a later one of its own', updateOf(bytes.text('x', at(2, 1)), bytes.text('y')), /circle/],
    ['a type in itself', updateOf(bytes.type(1, { parent: { client: 2, clock: 0 } })), /circle/],
    [
      'a Skip',
      updateBytes([{ client: 2, clock: 0, structs: [bytes.text('x'), bytes.leftOut(2), bytes.text('y')] }]),
      /leaves structs out/,
    ],
    ['a client id above 32 bits', updateBytes([{ client: 2 ** 32, clock: 0, structs: [bytes.text('x')] }]), /32 bits/],
    ['a clock above 31 bits', updateOf(bytes.deleted(2 ** 31 - 1), bytes.text('x')), /2\^31/],
    ['a length above 53 bits', updateOf(bytes.deleted(2 ** 50)), /2\^31/],
    ['a value too deep', updateOf(bytes.any([JSON.parse(nested(101, '[', ']'))])), /deeper/],
    ['an embed too deep', updateOf(bytes.embed(nested(101, '{"a":', '}'))), /deeper/],
    ['a member __proto__', updateOf(bytes.any([JSON.parse('{"a":{"__proto__":{"admin":true}}}')])), /__proto__/],
    ['options of a subdocument that change how it is read', updateOf(bytes.subdocument('x', { guid: 5 })), /options/],
    [
      'types too deep',
      updateOf(
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
      /twice/,
    ],
    [
      'clients in another order',
      unorderedBytes([
        { client: 2, clock: 0, structs: [bytes.text('x')] },
        { client: 3, clock: 0, structs: [bytes.text('y')] },
      ]),
      /order/,
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
