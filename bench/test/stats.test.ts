import { expect, test } from 'vitest'
import { median, percentile, ratiosOf } from '../stats.ts'

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([7])).toBe(7)
  expect(median([])).toBeNaN()
})

test('taking the median leaves the values in their order', () => {
  const values = [3, 1, 2]
  median(values)
  expect(values).toEqual([3, 1, 2])
})

test('a percentile is a value that occurred, by nearest rank', () => {
  const values = Float64Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(percentile(values, 0.5)).toBe(50)
  expect(percentile(values, 0.99)).toBe(99)
  expect(percentile(values, 1)).toBe(100)
  expect(percentile(Float64Array.of(8), 0.01)).toBe(8)
  expect(percentile(new Float64Array(), 0.5)).toBeNaN()
})

test('the ratio is taken round by round, so that a slow round does not speak for one contender', () => {
  // Both are twice as slow in the second round; the medians alone would say 4 / 1.
  expect(ratiosOf([2, 4, 4], [1, 2, 1])).toEqual([2, 2, 4])
})

test('rounds that were not played by both cannot be compared', () => {
  expect(() => ratiosOf([1, 2], [1])).toThrow('play the same rounds for both')
})
