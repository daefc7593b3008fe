import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { thin, Thinner } from '@millrace/server'
import { isThin } from '../src/series/thinner.ts'

const columnMs = 10

type Point = readonly [at: number, value: number]

/** Of each column the first, the first least, the first greatest and the last point, each once. */
function naive(points: readonly Point[]): Point[] {
  const columns = new Set(points.map(([at]) => Math.floor(at / columnMs)))
  return [...columns].flatMap((column) => {
    const own = points.filter(([at]) => Math.floor(at / columnMs) === column)
    const values = own.map(([, value]) => value)
    const kept = [0, values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values)), own.length - 1]
    return [...new Set(kept)].toSorted((a, b) => a - b).map((index) => own[index] as Point)
  })
}

/** Times that ascend, so that no two points are equal. */
const series = array(tuple(integer({ min: 1, max: 6 }), integer({ min: -2, max: 2 })), { maxLength: 200 }).map(
  (steps) => {
    let at = 0
    return steps.map(([afterMs, value]): Point => [(at += afterMs), value])
  },
)

describe('thinning', () => {
  it('[SER2] keeps the first, least, greatest and last of each column, wherever it is cut', () => {
    assert(
      property(
        series,
        array(integer({ min: 0, max: 200 }), { maxLength: 5 }),
        integer({ min: 0, max: 300 }),
        (points, cuts, room) => {
          const numbers = Float64Array.from(points.flat())
          const thinner = new Thinner(columnMs, new Float64Array(room))
          const places = [0, ...cuts.map((cut) => 2 * Math.min(cut, points.length)), numbers.length].toSorted(
            (a, b) => a - b,
          )
          places.forEach((place, index) => thinner.add(numbers, places[index - 1] ?? 0, place))
          const thinned = thinner.finish()
          expect([...thinned]).toEqual(naive(points).flat())
          expect([...thin(thinned, columnMs)]).toEqual([...thinned])
          expect(isThin(thinned, columnMs)).toBe(true)
        },
      ),
      { numRuns: 500, seed: 5 },
    )
  })

  it('[SER2] takes a sample that is told twice for one', () => {
    const told = Float64Array.of(0, 5, 0, 5, 3, 1, 3, 1, 4, 9, 4, 9, 9, 2, 9, 2, 10, 0, 20, 7, 20, 7, 31, 0)
    expect([...thin(told, columnMs)]).toEqual([0, 5, 3, 1, 4, 9, 9, 2, 10, 0, 20, 7, 31, 0])
  })

  it('[SER43] says whether a column has more than four points', () => {
    const at = (...times: readonly number[]): Float64Array => Float64Array.from(times.flatMap((time) => [time, 0]))
    expect(isThin(at(), columnMs)).toBe(true)
    expect(isThin(at(-3, 0, 1, 2, 9, 10, 11), columnMs)).toBe(true)
    expect(isThin(at(-3, 0, 1, 2, 3, 9), columnMs)).toBe(false)
    expect(isThin(at(0, 20, 21, 22, 23, 24), columnMs)).toBe(false)
  })
})
