import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LiveTrack } from '../src/series/live-track.ts'
import { thin } from '../src/series/thinner.ts'

const columnMs = 100

/** As an increment tells them: absolute times. */
function heldFrom(track: LiveTrack, since: number): number[] {
  return track.pointsSince(since).map((number, index) => (index % 2 === 0 ? number + since : number))
}

/** Samples that follow each other; some are lost, and sometimes everybody knows everything. */
const steps = array(
  record({ kind: constantFrom('add', 'add', 'add', 'lose', 'fill', 'forget'), ms: integer({ min: 0, max: 150 }) }),
  { minLength: 1, maxLength: 80 },
)

describe('the columns of a track that changed of late', () => {
  it('[SER46, SER51] are those of a plain list, from wherever they are held on', () => {
    assert(
      property(steps, (taken) => {
        const track = new LiveTrack(0, columnMs)
        const all: number[] = []
        let [at, oweFrom, hasHole] = [0, Infinity, false]
        const fill = (): void => {
          const from = Math.max(0, track.holeFrom)
          track.holeFrom = Number.NaN
          const points = thin(Float64Array.from(all), columnMs)
          if (track.load(points.subarray(points.findIndex((number, index) => index % 2 === 0 && number >= from)), from))
            oweFrom = Math.min(oweFrom, from)
          hasHole = false
        }
        for (const { kind, ms } of taken) {
          at += ms
          const value = (at * 7_919) % 13
          if (kind === 'add' || kind === 'lose') all.push(at, value)
          if (kind === 'add' && track.add(at, value)) oweFrom = Math.min(oweFrom, Math.floor(at / columnMs) * columnMs)
          if (kind === 'lose') {
            track.markHole()
            hasHole = true
          }
          if (kind === 'fill' && hasHole) fill()
          if (kind === 'forget' && !hasHole) {
            track.forget()
            oweFrom = Infinity
          }
        }
        if (hasHole) fill()
        const since = track.heldSince(oweFrom)
        const expected = thin(Float64Array.from(all), columnMs)
        const from = expected.findIndex((number, index) => index % 2 === 0 && number >= (since ?? Infinity))
        if (since !== undefined) expect(heldFrom(track, since)).toEqual([...expected.subarray(from)])
        if (oweFrom !== Infinity) expect(since).toBe(oweFrom)
      }),
      { numRuns: 500, seed: 3 },
    )
  })

  it('[SER50] are given up in whole columns where too many are held', () => {
    const track = new LiveTrack(0, 10)
    for (let at = 0; at < 10_000; at++) track.add(at, Math.sin(at))
    const base = track.droppedBefore
    expect(base % 10).toBe(0)
    expect(base).toBeGreaterThan(8_000)
    expect(track.heldSince(0)).toBe(base)
    const all = Float64Array.from({ length: 20_000 }, (_, index) =>
      index % 2 === 0 ? index / 2 : Math.sin((index - 1) / 2),
    )
    expect(heldFrom(track, base)).toEqual([...thin(all.subarray(2 * base), 10)])
    track.forget()
    expect(track.droppedBefore).toBe(-Infinity)
    expect(track.heldSince(0)).toBe(9_990)
  })
})
