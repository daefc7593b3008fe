import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { checkOf } from '../load/check-of.ts'
import { DigestCheck, NewestCheck, SequenceCheck } from '../load/delivery-check.ts'

function faultsOf(sequence: readonly number[]): (string | undefined)[] {
  const check = new SequenceCheck()
  return sequence.map((seq) => check.next({ seq })).filter(Boolean)
}

const quote = (seq: number, key: string, value = 0) => ({ seq, key, value, at: 0, text: '' })

test('a sequence without holes passes', () => {
  expect(faultsOf([1, 2, 3])).toEqual([])
})

test('a missing, a repeated and an overtaken delivery are told', () => {
  expect(faultsOf([1, 3])).toEqual(['delivery 3 came where 2 was next: 1 missing'])
  expect(faultsOf([1, 2, 2])).toEqual(['delivery 2 came again after 2'])
  expect(faultsOf([2, 1])).toHaveLength(1)
})

test('the digest is that of all texts in their order, and follows the sequence too', () => {
  const check = new DigestCheck()
  expect(check.next({ seq: 1, at: 0, text: 'ab' })).toBeUndefined()
  expect(check.next({ seq: 2, at: 0, text: 'c' })).toBeUndefined()
  expect(check.digest()).toBe(createHash('sha1').update('abc').digest('hex'))
  expect(check.next({ seq: 2, at: 0, text: 'c' })).toBe('delivery 2 came again after 2')
})

test('the newest of each key may leave some out, but never goes back', () => {
  const check = new NewestCheck()
  expect(check.next(quote(3, 'a', 0.3))).toBeUndefined()
  expect(check.next(quote(1, 'b', 0.1))).toBeUndefined()
  expect(check.next(quote(2, 'a'))).toBe('delivery 2 of a came after 3')
  expect([check.valueOf('a'), check.valueOf('b'), check.valueOf('c'), check.count]).toEqual([0.3, 0.1, undefined, 2])
})

test('a room and a contender say what has to be delivered', () => {
  expect(checkOf('millrace', 'stream')).toBeInstanceOf(SequenceCheck)
  expect(checkOf('millrace', 'board')).toBeInstanceOf(NewestCheck)
  expect(checkOf('socket.io', 'heavy')).toBeInstanceOf(DigestCheck)
  expect(checkOf('socket.io-volatile', 'stream')).toBeInstanceOf(NewestCheck)
})
