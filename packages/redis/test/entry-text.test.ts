import { assert, property, string, uint8Array } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBusMessage, encodeBusMessage } from '../src/bus-text.ts'
import { decodeEntry } from '../src/entry-text.ts'
import { decodePresenceMessage } from '../src/presence-text.ts'
import { decodeChange } from '../src/state-text.ts'

const good = 'AAAAAAAAAAA 2 BBBBBBBBBBB CCCCCCCCCCC 1767225600000 t 3\n["k",null,"message"]\n"a"'

describe('what comes from Redis', () => {
  it('[RDS4] is read where it is an entry', () => {
    expect(decodeEntry(Buffer.from(good))).toEqual({
      epoch: 'AAAAAAAAAAA',
      offset: 2,
      id: 'BBBBBBBBBBB',
      prev: 'CCCCCCCCCCC',
      at: 1_767_225_600_000,
      key: 'k',
      from: null,
      name: 'message',
      payload: '"a"',
    })
  })

  it('[RDS4] is no entry where anything is wrong with it', () => {
    const wrong = [
      good.replace(' 2 ', ' 0 '),
      good.replace(' 2 ', ' 9007199254740993 '),
      good.replace(' 2 ', ' x '),
      good.replace(' t 3', ' t 4'),
      good.replace(' t 3', ' x 3'),
      good.replace('"a"', '"a '),
      good.replace('"k"', '7'),
      good.replace('["k"', '["k",1'),
      good.replace('["k"', '{'),
      good.replace('\n["k"', ''),
      good.replace('AAAAAAAAAAA', 'A'.repeat(65)),
    ]
    for (const text of wrong) expect([text, decodeEntry(Buffer.from(text))]).toEqual([text, undefined])
    expect(decodeEntry(Buffer.concat([Buffer.from(good).subarray(0, -2), Buffer.from([0xff, 0x22])]))).toBeUndefined()
  })

  it('[RDS4] is nothing at all where it is random bytes', () => {
    const decoders = [decodeEntry, decodeChange, decodeBusMessage, decodePresenceMessage]
    assert(
      property(uint8Array({ maxLength: 300 }), (bytes) => {
        for (const decode of decoders) expect(decode(Buffer.from(bytes))).toBeUndefined()
      }),
      { numRuns: 2_000, seed: 7 },
    )
  })

  it('[RDS4] comes back from the bus as it was sent', () => {
    assert(
      property(string({ unit: 'grapheme' }), uint8Array(), (head, payload) => {
        for (const message of [
          { head, payload },
          { head, payload: JSON.stringify(head) },
          { head, payload: '' },
        ]) {
          expect(decodeBusMessage(encodeBusMessage('node', message))).toEqual({ node: 'node', message })
        }
      }),
      { seed: 7 },
    )
  })
})
