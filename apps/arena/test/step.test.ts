import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentAt } from '../game/current-at.ts'
import { moveBoat } from '../game/move-boat.ts'
import type { Pond } from '../game/pond.ts'
import { step } from '../game/step.ts'
import { boatRadius, centre, maxSpeed, millRadius, shore, tickMs } from '../game/world.ts'
import { anyInputs, boatOf, inputsOf, pondOf, withBoat } from './ponds.ts'

/** Places and speeds are rounded to hundredths. */
const rounding = 0.02

function faultsOf({ boats, grain, tick }: Pond): string[] {
  const numbers = [...boats, ...grain].flatMap((thing) => Object.entries(thing))
  const odd = numbers.filter(([, value]) => typeof value === 'number' && !Number.isFinite(value)).map(([name]) => name)
  const outside = boats.filter(({ x, y }) => {
    const [dx, dy] = [x - centre.x, y - centre.y]
    const toShore = Math.hypot(dx / (shore.x - boatRadius), dy / (shore.y - boatRadius))
    return toShore > 1 + rounding / 100 || Math.hypot(dx, dy) < millRadius + boatRadius - rounding
  })
  const fast = boats.filter(({ vx, vy }) => Math.hypot(vx, vy) > maxSpeed)
  return [...odd, ...outside.map(({ id }) => `${id} is ashore at ${tick}`), ...fast.map(({ id }) => `${id} flies`)]
}

describe('a step', () => {
  it('[ARN2] keeps every number finite and bounded, whatever the inputs are', () => {
    fc.assert(
      fc.property(fc.array(anyInputs, { minLength: 1, maxLength: 60 }), fc.double(), (ticks, dtMs) => {
        let pond = pondOf('ada', 'bob', 'eve')
        for (const [index, inputs] of ticks.entries()) {
          pond = step(pond, inputs, index % 2 === 0 ? tickMs : dtMs)
          expect(faultsOf(pond)).toEqual([])
        }
      }),
    )
  })

  it('[ARN2] keeps boats apart from the mill and ashore wherever they were put, one upon the other', () => {
    const at = fc.record({
      x: fc.double({ min: -3000, max: 3000, noNaN: true }),
      y: fc.double({ min: -3000, max: 3000, noNaN: true }),
    })
    const speed = fc.record({
      vx: fc.double({ min: -900, max: 900, noNaN: true }),
      vy: fc.double({ min: -900, max: 900, noNaN: true }),
    })
    fc.assert(
      fc.property(at, speed, speed, (place, first, second) => {
        const pond = withBoat(withBoat(pondOf('ada', 'bob'), 'ada', { ...place, ...first }), 'bob', {
          ...place,
          ...second,
        })
        const still = { turn: 0, thrust: 0, seq: 0 }
        const inputs = new Map([...inputsOf('ada', still), ...inputsOf('bob', still)])
        expect(faultsOf(step(pond, inputs, tickMs))).toEqual([])
      }),
    )
    const inMill = withBoat(pondOf('ada'), 'ada', { ...centre })
    expect(faultsOf(step(inMill, inputsOf('ada', { turn: 0, thrust: 0, seq: 0 }), tickMs))).toEqual([])
  })

  it('[ARN1] is the same each time, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(fc.array(anyInputs, { maxLength: 30 }), (ticks) => {
        const run = () =>
          ticks.reduce((pond, inputs) => step(freeze(pond), freeze(inputs), tickMs), pondOf('ada', 'bob', 'eve'))
        expect(run()).toEqual(run())
      }),
    )
  })

  it.each([
    [
      { turn: 7, thrust: 1e9 },
      { turn: 1, thrust: 1 },
    ],
    [
      { turn: -1.01, thrust: -Infinity },
      { turn: -1, thrust: -1 },
    ],
    [
      { turn: Number.NaN, thrust: Number.NaN },
      { turn: 0, thrust: 0 },
    ],
  ])('[ARN3] takes the helm %o as %o', (sent, meant) => {
    const hull = boatOf(pondOf('ada'), 'ada')
    expect(moveBoat(hull, sent, tickMs)).toEqual(moveBoat(hull, meant, tickMs))
  })

  it('[ARN4] moves a boat once per input, three at most, and none twice', () => {
    const ahead = { turn: 0.5, thrust: 1 }
    const pond = pondOf('ada')
    const start = boatOf(pond, 'ada')
    const rowed = [0, 1, 2].reduce((boat) => moveBoat(boat, ahead, tickMs), start)
    const many = [0, 1, 2, 3, 4].map((seq) => ({ ...ahead, seq }))
    const after = boatOf(step(pond, inputsOf('ada', ...many), tickMs), 'ada')
    expect(after).toMatchObject({ x: rowed.x, y: rowed.y, angle: rowed.angle, seq: 2 })
    const again = boatOf(step(withBoat(pond, 'ada', after), inputsOf('ada', ...many.slice(0, 3)), tickMs), 'ada')
    expect(again).toMatchObject({ x: after.x, y: after.y, seq: 2 })
  })

  it('[ARN7] a boat with sacks is slower', () => {
    const sail = (cargo: number): number => {
      let boat = { ...boatOf(pondOf('ada'), 'ada'), x: 200, y: 500, angle: 0, cargo }
      for (let tick = 0; tick < 20; tick++) boat = moveBoat(boat, { turn: 0, thrust: 1 }, tickMs)
      return boat.x
    }
    expect([sail(0) > sail(3), sail(3) > sail(6)]).toEqual([true, true])
  })

  it('[ARN11] a boat without inputs stands for half a second, then drifts with the race', () => {
    let pond = withBoat(pondOf('ada'), 'ada', { x: 800, y: 280, angle: 0 })
    const start = boatOf(pond, 'ada')
    // Bots that come by would push it.
    pond = { ...pond, boats: [start] }
    for (let tick = 0; tick < 15; tick++) pond = step(pond, new Map(), tickMs)
    expect(boatOf(pond, 'ada')).toMatchObject({ x: start.x, y: start.y, idleTicks: 15 })
    for (let tick = 0; tick < 30; tick++) pond = step(pond, new Map(), tickMs)
    const drifted = boatOf(pond, 'ada').x - start.x
    expect(Math.sign(drifted)).toBe(Math.sign(currentAt(800, 280).x))
    expect(Math.abs(drifted)).toBeGreaterThan(5)
  })
})

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner as object)
  return Object.freeze(value)
}
