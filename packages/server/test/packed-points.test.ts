import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packPoints, unpackPoints } from '../src/series/packed-points.ts'

const start = 1_700_000_000_000

/** Points whose steps are these, in ms. */
function pointsOf(steps: readonly number[], values: readonly number[] = []): Float64Array {
  let at = start
  return Float64Array.from(steps.flatMap((stepMs, index) => [(at += stepMs), values[index] ?? index / 3]))
}

describe('packed points', () => {
  it.each([
    ['a clock of seconds', [[0, 1_000, 1_000, 255_000]], 1_000, [1], 8 * 5 + 3],
    ['steps of more than a byte', [[0, 1_000, 256_000]], 1_000, [2], 8 * 4 + 2 * 2],
    ['steps of more than two', [[0, 65_536, 1]], 1, [4], 8 * 4 + 4 * 2],
    ['steps of more than four', [[0, 2 ** 32, 1]], 1, [8], 8 * 4 + 8 * 2],
    ['one unit, widths of their own', [[5, 250], [0, 600, 600_000], []], 50, [1, 2, 1], 8 * (3 + 4) + 1 + 2 * 2],
    ['samples of one moment', [[0, 0, 0]], 1, [1], 8 * 4 + 2],
    ['nothing', [[], []], 1, [1, 1], 0],
  ])('[SER58] are as small as their times allow: %s', (_, steps, unitMs, widths, bytes) => {
    const tracks = steps.map((each) => pointsOf(each))
    const packed = packPoints(tracks)
    expect(packed).toMatchObject({ counts: steps.map(({ length }) => length), unitMs, widths })
    expect(packed.data.byteLength).toBe(bytes)
    expect(unpackPoints(packed)).toEqual(tracks)
  })

  it('[SER58] are what the document says, byte for byte', () => {
    const { data } = packPoints([Float64Array.of(1_000, 0.5, 3_000, -2)])
    expect(Buffer.from(data).toString('hex')).toBe('0000000000408f40' + '000000000000e03f' + '00000000000000c0' + '01')
  })

  it('[SER58] are the same times and values to the bit, whatever they are', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true })
    const step = fc.oneof(
      fc.constantFrom(0, 1, 250, 1_000, 60_000),
      fc.integer({ min: 0, max: 2 ** 31 }),
      fc.integer({ min: 0, max: 2 ** 45 }),
    )
    const track = fc.array(fc.tuple(step, value), { maxLength: 30 })
    fc.assert(
      fc.property(fc.array(track, { maxLength: 5 }), fc.constantFrom(1, 7, 1_000), (drawn, unit) => {
        const tracks = drawn.map((points) => {
          const steps = points.map(([stepMs]) => Math.min(stepMs, 2 ** 40) * unit)
          return pointsOf(
            steps,
            points.map(([, one]) => one),
          )
        })
        expect(unpackPoints(packPoints(tracks))).toEqual(tracks)
      }),
      { numRuns: 300 },
    )
  })
})
