import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TrackBuffer } from '../../src/series/track-buffer.ts'
import { pairs, type Point } from '../support/view-wire.ts'

it('[SER105] holds what a window holds, whatever has passed through it', () => {
  const buffer = new TrackBuffer()
  for (let at = 0; at < 100_000; at++) {
    buffer.push(at, -at)
    buffer.slide(at - 99)
  }
  const { at, values } = buffer.points
  expect([at.length, at[0], values[99]]).toEqual([100, 99_900, -99_999])
  expect(at.buffer.byteLength).toBeLessThanOrEqual(100 * 8 * 4)
})

it('[SER103] is what a list of points would be', () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('push' as const),
      by: fc.integer({ min: 0, max: 5 }),
      value: fc.double({ noNaN: true }),
    }),
    fc.record({ kind: fc.constant('cut' as const), back: fc.integer({ min: -2, max: 30 }) }),
    fc.record({ kind: fc.constant('slide' as const), back: fc.integer({ min: 0, max: 40 }) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const buffer = new TrackBuffer()
      let model: Point[] = []
      let newest = 0
      for (const each of steps) {
        if (each.kind === 'push') {
          newest += each.by
          buffer.push(newest, each.value)
          model.push([newest, each.value])
        } else if (each.kind === 'cut') {
          buffer.cut(newest - each.back)
          model = model.filter(([at]) => at < newest - each.back)
        } else {
          buffer.slide(newest - each.back)
          model = model.filter(([at]) => at >= newest - each.back)
        }
        expect(pairs(buffer.points)).toEqual(model)
        expect(buffer.newest).toBe(model.at(-1)?.[0])
      }
    }),
  )
})
