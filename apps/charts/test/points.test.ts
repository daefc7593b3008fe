import fc from 'fast-check'
import { expect, it } from 'vitest'
import { drawnPart, nearest, rangeWithin } from '../web/plot/points.ts'
import { saidAt } from '../web/plot/said-at.ts'
import { valueRange } from '../web/plot/value-range.ts'

const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 1_000 }), { maxLength: 50 })
  .map((all) => all.toSorted((a, b) => a - b))
const track = (at: readonly number[], values: readonly number[] = at) => ({
  label: 'a',
  colour: 'c1' as const,
  at: Float64Array.from(at),
  values: Float64Array.from(values),
})

it('[CHT68] the value at the crosshair is that of the nearest point, as if all were looked at', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: -100, max: 1_100 }), (all, time) => {
      const index = nearest(Float64Array.from(all), time)
      const best = Math.min(...all.map((at) => Math.abs(at - time)))
      expect(index === -1 ? Infinity : Math.abs((all[index] ?? NaN) - time)).toBe(best)
    }),
  )
})

it('[CHT68] where nothing was measured near the crosshair there is no value', () => {
  const span = { from: 150, to: 300 }
  const said = (time: number | undefined) => saidAt({ breakMs: 10, span }, track([100, 200], [1, 2]), time, String)
  expect([said(undefined), said(205), said(150), said(94)]).toEqual(['2', '2', '–', '1'])
  const candles = { list: [{ at: 100, open: 1, high: 4, low: 0, close: 3 }], columnMs: 50 }
  const told = (time: number) => saidAt({ breakMs: 10, span, candles }, track([100]), time, String)
  expect(told(149)).toBe('open 1, high 4, low 0, close 3')
  expect([told(99), told(150)]).toEqual(['–', '–'])
})

it('[CHT69] what is drawn reaches one point beyond the window on either side, so that lines go to its ends', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 1, max: 500 }), (all, from, length) => {
      const span = { from, to: from + length }
      const part = drawnPart(Float64Array.from(all), span)
      const before = all.findLastIndex((at) => at < span.from)
      const after = all.findIndex((at) => at >= span.to)
      expect(part).toEqual({ from: Math.max(0, before), to: after === -1 ? all.length : after + 1 })
    }),
  )
})

it('[CHT69] the value axis holds every value of the window, in round numbers', () => {
  const some = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(some, (values) => {
      const tracks = [track([...values.keys()], values)]
      const span = { from: 0, to: values.length }
      const { min, max } = valueRange({ span, tracks, breakMs: 1 }, {})
      const within = rangeWithin(track([...values.keys()], values), span)
      expect(min).toBeLessThanOrEqual(within?.min ?? NaN)
      expect(max).toBeGreaterThanOrEqual(within?.max ?? NaN)
      expect(max).toBeGreaterThan(min)
    }),
  )
})

it('[CHT69] a threshold is on the axis where it is near the values, and does not flatten them where it is far', () => {
  const rangeOf = (value: number) =>
    valueRange(
      { span: { from: 0, to: 2 }, tracks: [track([0, 1], [10, 20])], threshold: { side: 'above', value }, breakMs: 1 },
      {},
    )
  expect(rangeOf(35).max).toBeGreaterThanOrEqual(35)
  expect(rangeOf(1_000)).toEqual(rangeOf(15))
  expect(valueRange({ span: { from: 0, to: 1 }, tracks: [], breakMs: 1 }, { base: 0 })).toEqual({ min: 0, max: 1 })
})
