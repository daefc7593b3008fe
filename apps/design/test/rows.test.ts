import { expect, it } from 'vitest'
import { rowsInFront } from '../src/scroll-log/rows-in-front.ts'
import { nextShown } from '../src/scroll-log/use-shift.ts'

it.each([
  [['a', 'b'], ['x', 'a', 'b'], 1],
  [['a', 'b'], ['a', 'b', 'c'], 0],
  [['a', 'b'], ['x', 'y', 'a', 'b', 'c'], 2],
  [['day', 'a', 'b'], ['day', 'x', 'y', 'a', 'b'], 2],
  [['a', 'b', 'c'], ['b', 'c', 'd'], -1],
  [['a', 'b'], ['x', 'a'], 1],
  [['a', 'b'], ['x', 'y'], 0],
  [[], ['x'], 0],
])('[DSG20] between %j and %j, %i came in front', (before, after, count) => {
  expect(rowsInFront(before, after)).toBe(count)
})

it('[DSG20] rows that came at the end together with older ones are drawn in a second step', () => {
  const idOf = (row: string): string => row
  const start = { all: ['a', 'b'], rows: ['a', 'b'], ids: ['a', 'b'], isShifted: false }
  const all = ['x', 'a', 'b', 'c']
  expect(nextShown(start, all, idOf)).toEqual({ all, rows: ['x', 'a', 'b'], ids: ['x', 'a', 'b'], isShifted: true })
  expect(nextShown(start, ['a', 'b', 'c'], idOf)).toMatchObject({ rows: ['a', 'b', 'c'], isShifted: false })
})
