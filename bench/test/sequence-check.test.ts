import { expect, test } from 'vitest'
import { SequenceCheck } from '../load/sequence-check.ts'

function faultsOf(sequence: readonly number[]): (string | undefined)[] {
  const check = new SequenceCheck()
  return sequence.map((seq) => check.next(seq)).filter(Boolean)
}

test('a sequence without holes passes', () => {
  expect(faultsOf([1, 2, 3])).toEqual([])
})

test('a missing, a repeated and an overtaken delivery are told', () => {
  expect(faultsOf([1, 3])).toEqual(['delivery 3 came where 2 was next: 1 missing'])
  expect(faultsOf([1, 2, 2])).toEqual(['delivery 2 came again after 2'])
  expect(faultsOf([2, 1])).toHaveLength(1)
})
