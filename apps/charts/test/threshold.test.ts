import { expect, it } from 'vitest'
import { notWatched, watch, type Threshold, type Watched } from '../web/alert/threshold.ts'

const above: Threshold = { side: 'above', value: 10 }

function points(...pairs: readonly (readonly [at: number, value: number])[]) {
  return { at: Float64Array.from(pairs, ([at]) => at), values: Float64Array.from(pairs, ([, value]) => value) }
}

it('[CHT66] tells each crossing once, also where it lasted for one point between two looks', () => {
  const looks = [
    points([1, 5], [2, 9]),
    points([1, 5], [2, 9], [3, 11]),
    points([1, 5], [2, 9], [3, 11], [4, 12]),
    points([3, 11], [4, 12], [5, 9], [6, 30], [7, 8]),
    points([7, 8]),
  ]
  let known: Watched = notWatched
  const crossed = looks.map((look) => {
    const { now, crossed: value } = watch(above, look, known)
    known = now
    return value
  })
  expect(crossed).toEqual([undefined, 11, undefined, 30, undefined])
  expect(known).toEqual({ upTo: 7, isBeyond: false })
})

it('[CHT66] what equals the threshold is not beyond it, on either side', () => {
  expect(watch(above, points([1, 10]), notWatched).crossed).toBeUndefined()
  expect(watch({ side: 'below', value: 10 }, points([1, 10]), notWatched).crossed).toBeUndefined()
  expect(watch({ side: 'below', value: 10 }, points([1, 10], [2, 9.9]), notWatched).crossed).toBe(9.9)
})
