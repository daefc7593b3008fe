import { expect, test } from 'vitest'
import { Author, template } from '../documents/authors.ts'
import { Receipts } from '../documents/receipts.ts'

function typed() {
  const base = template(2)
  const authors = [0, 1].map((index) => new Author(index, base))
  const sent = authors.map((author) => [author.type(), author.type()])
  const receipts = new Receipts(new Map(authors.map(({ clientId }, index) => [clientId, index])), sent)
  return { base, sent, receipts }
}

test('every update of every author is received once and in its order', () => {
  const { sent, receipts } = typed()
  const order = [sent[1]![0]!, sent[0]![0]!, sent[0]![1]!, sent[1]![1]!]
  expect(order.map((update) => receipts.next(update))).toEqual([1, 0, 0, 1])
  receipts.assertAllBut(0)
  receipts.assertAllBut(1)
})

test('what came again, too early, changed or from nobody fails', () => {
  const { base, sent, receipts } = typed()
  expect(() => receipts.next(sent[0]![1]!)).toThrow('update 0 of author 0 is not what came')
  receipts.next(sent[0]![0]!)
  expect(() => receipts.next(sent[0]![0]!)).toThrow('update 1 of author 0 is not what came')
  const changed = sent[0]![1]!.slice()
  changed[changed.length - 2]! ^= 1
  expect(() => receipts.next(changed)).toThrow('update 1 of author 0 is not what came')
  expect(() => receipts.next(base)).toThrow('somebody who sent none')
})

test('what is missing fails, but for what one sent oneself', () => {
  const { sent, receipts } = typed()
  for (const update of sent[0]!) receipts.next(update)
  expect(() => receipts.assertAllBut(0)).toThrow('0 of 2 updates of author 1 came')
  receipts.assertAllBut(1)
})
