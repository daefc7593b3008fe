import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moveBoat } from '../game/move-boat.ts'
import type { Hull, Input } from '../game/pond.ts'
import { tickMs } from '../game/world.ts'
import { Prediction } from '../web/play/prediction.ts'
import { OwnTicks, Sailing } from '../web/play/sailing.ts'

const start: Hull = { x: 300, y: 500, angle: 0, vx: 0, vy: 0, cargo: 0 }
const helm = fc.record({
  turn: fc.double({ min: -1, max: 1, noNaN: true }),
  thrust: fc.double({ min: -1, max: 1, noNaN: true }),
})

describe('prediction', () => {
  it('[ARN40] is never wrong where the server applies the same inputs, however late it says so', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(helm, fc.nat({ max: 4 })), { maxLength: 60 }), (ticks) => {
        const prediction = new Prediction(start)
        let server = start
        const waiting: Input[] = []
        for (const [seq, [one, answered]] of ticks.entries()) {
          prediction.apply({ seq, ...one })
          waiting.push({ seq, ...one })
          for (const input of waiting.splice(0, answered)) {
            server = moveBoat(server, input, tickMs)
            prediction.correct(input.seq, server)
          }
          expect(prediction.error).toBe(0)
        }
        for (const input of waiting) prediction.correct(input.seq, (server = moveBoat(server, input, tickMs)))
        expect(prediction.hull).toEqual(server)
        expect(prediction.pendingCount).toBe(0)
      }),
    )
  })

  it('[ARN40] takes the word of the server for what it was wrong about, says how wrong, and what is drawn glides there', () => {
    const prediction = new Prediction(start)
    for (let seq = 0; seq < 3; seq++) prediction.apply({ seq, turn: 0, thrust: 1 })
    const before = prediction.shown(1, 0)
    const pushed = { ...moveBoat(start, { turn: 0, thrust: 1 }, tickMs), y: 540 }
    prediction.correct(0, pushed)
    expect(prediction.error).toBeCloseTo(40, 6)
    expect(prediction.hull.y).toBeGreaterThan(539)
    const shown = [1, 50, 200, 1_000].map((sinceMs) => prediction.shown(1, sinceMs).y)
    expect(shown[0]! - before.y).toBeLessThan(1)
    expect([...shown].sort((a, b) => a - b)).toEqual(shown)
    expect(shown.at(-1)).toBeCloseTo(prediction.hull.y, 1)
  })

  it('[ARN40] jumps where the boat was put somewhere else', () => {
    const prediction = new Prediction(start)
    prediction.apply({ seq: 0, turn: 0, thrust: 1 })
    prediction.correct(0, { ...start, x: 1_200 })
    expect(prediction.shown(1, 0).x).toBe(1_200)
  })

  it('[ARN41] stops after two seconds without a word of the server, and goes on with the next', () => {
    const prediction = new Prediction(start)
    for (let seq = 0; seq < 100; seq++) prediction.apply({ seq, turn: 0, thrust: 1 })
    expect(prediction.pendingCount).toBe(60)
    const stopped = prediction.hull
    prediction.apply({ seq: 100, turn: 0, thrust: 1 })
    expect(prediction.hull).toEqual(stopped)
    prediction.correct(100, { ...start, x: 500 })
    prediction.apply({ seq: 101, turn: 0, thrust: 1 })
    expect([prediction.pendingCount, prediction.hull.x > 500]).toEqual([1, true])
  })
})

describe('sailing', () => {
  const value = { id: 'ada', tick: 9, seq: 40, ...start }

  it('[ARN42] goes on after the last input that the server knows, and times its echo', () => {
    const sailing = new Sailing(value)
    expect([sailing.tick({ turn: 0, thrust: 1 }, 100).seq, sailing.tick({ turn: 0, thrust: 1 }, 133).seq]).toEqual([
      41, 42,
    ])
    expect(sailing.echoMs).toBeUndefined()
    sailing.hear({ ...value, seq: 42, tick: 12 }, 180)
    expect(sailing.echoMs).toBe(47)
    sailing.hear({ ...value, seq: 90, tick: 40 }, 200)
    expect(sailing.tick({ turn: 0, thrust: 0 }, 210).seq).toBe(91)
  })

  it('[ARN42] makes 30 inputs a second whatever the pace of the screen, and ten at most after it stood still', () => {
    for (const frameMs of [4, 16.7, 50]) {
      const ticks = new OwnTicks()
      let count = 0
      for (let ms = 0; ms < 10_000; ms += frameMs) count += ticks.due(frameMs)
      expect(Math.abs(count - 300)).toBeLessThanOrEqual(2)
    }
    const ticks = new OwnTicks()
    expect([ticks.due(5_000), ticks.due(-3), ticks.part]).toEqual([10, 0, 0])
  })
})
