import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import * as bytes from '../attacks/update-bytes.ts'
import { updateBytes, updateOf } from '../attacks/update-bytes.ts'
import { aDocument, refusalOf } from './guarded-document.ts'

const values = (...tags: number[]) => updateOf(bytes.raw(8, [1, ...tags]))

describe('examine refuses what is no update', () => {
  const good = Y.encodeStateAsUpdate(aDocument().doc)
  const typed = new Y.Doc()
  typed.getText('text').insert(0, 'hello')
  it.each<[string, Uint8Array, RegExp]>([
    ['nothing', new Uint8Array(), /ends too early/],
    ['garbage', Uint8Array.from({ length: 64 }, (_, at) => (at * 151 + 77) & 255), /no Yjs update/],
    ['an update without its end', good.subarray(0, good.length - 1), /ends too early/],
    ['an update of version 2', Y.encodeStateAsUpdateV2(typed), /version 2/],
    ['an update of version 2 with names in it', Y.encodeStateAsUpdateV2(aDocument().doc), /no Yjs update/],
    ['bytes after the end', Uint8Array.from([...good, 0]), /bytes are left/],
    ['a number of nine bytes', Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 127]), /too l/],
    ['a section that says more structs than it has', Uint8Array.from([1, 200, 1, 2, 0, 4]), /fewer than it says/],
    ['a section without structs', updateBytes([{ client: 2, clock: 0, structs: [] }]), /no structs/],
    ['a struct without length', updateOf(bytes.deleted(0)), /no length/],
    ['text without length', updateOf(bytes.text('')), /no length/],
    ['a collected struct without length', updateOf(bytes.collected(0)), /no length/],
    ['text that is not UTF-8', updateOf(bytes.raw(4, [2, 0xc0, 0x80])), /UTF-8/],
    ['half of a surrogate pair', updateOf(bytes.raw(4, [3, 0xed, 0xa0, 0x80])), /UTF-8/],
    ['content of no kind', updateOf(bytes.raw(11, [])), /no known kind/],
    ['a type of no kind', updateOf(bytes.type(7)), /type is of no known kind/],
    ['a parent of no kind', Uint8Array.from([1, 1, 2, 0, 4, 2, 1, 97, 0]), /parent is of no known kind/],
    ['a value of no kind', values(115), /no known kind/],
    ['a list of 2^40 values', updateOf(bytes.raw(8, [128, 128, 128, 128, 128, 64])), /ends too early/],
    ['an embed that is no JSON', updateOf(bytes.embed('{')), /no JSON/],
    ['a format that is no JSON', updateOf(bytes.format('bold', 'undefined')), /no JSON/],
    ['JSON that is no JSON', updateOf(bytes.raw(2, [1, 1, 123])), /no JSON/],
    ['a subdocument without options', updateOf(bytes.subdocument('x', null)), /no object/],
  ])('[DOC62] %s', (_, update, message) => {
    expect(refusalOf(update)).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(message) })
  })

  it('[DOC62] every beginning of an update', () => {
    for (let length = 0; length < good.length; length++)
      expect(refusalOf(good.subarray(0, length))).toMatchObject({ code: 'INVALID_INPUT' })
  })
})
