import { expect, test } from 'vitest'
import { PointsReader, viewedOf } from '../load/chart-view.ts'

function bytesOf(...points: number[]): Buffer {
  return Buffer.from(Float64Array.from(points).buffer)
}

test('the points of an answer are counted, and the greatest is found', () => {
  expect(viewedOf([2, 1], bytesOf(10, 1, 20, 7, 10, 3), 10)).toEqual({ points: 3, bytes: 48, greatest: 7 })
})

test('times that go back, a column with five points and points that were not announced fail', () => {
  expect(() => viewedOf([2], bytesOf(20, 1, 10, 1), 10)).toThrow('a point at 10 came after one at 20')
  expect(() => viewedOf([5], bytesOf(10, 1, 11, 1, 12, 1, 13, 1, 14, 1), 10)).toThrow('more than 4 points')
  expect(viewedOf([5], bytesOf(10, 1, 11, 1, 12, 1, 13, 1, 14, 1)).points).toBe(5)
  expect(() => viewedOf([1], bytesOf(10, 1, 20, 1), 10)).toThrow('2 points came, and 1 were announced')
})

test('an increment tells the newest value of each series that changed, once', () => {
  const reader = new PointsReader(['a', 'b'])
  const told = (tracks: [number, number[]][]) =>
    reader.newest(1_000, tracks).map(({ key, value, seq }) => [key, value, seq])
  expect(told([[1, [0, 5, 20, 6]]])).toEqual([['b', 6, 6]])
  expect(
    told([
      [0, [0, 7]],
      [1, [0, 5, 20, 6]],
    ]),
  ).toEqual([['a', 7, 7]])
})
