import { describe, expect, it } from 'vitest'
import { crewOf, launchMany } from './crews.ts'
import { newPond, launch, withdraw, withoutGone } from '../game/crew.ts'
import type { Pond } from '../game/pond.ts'
import { step } from '../game/step.ts'
import { centre, maxCargo, playTicks, restTicks, tickMs } from '../game/world.ts'
import { boatOf, inputsOf, pondOf, withBoat } from './ponds.ts'

/** Only this player, at rest. */
function alone(change: object): Pond {
  const pond = withBoat(pondOf('ada'), 'ada', { x: 300, y: 500, vx: 0, vy: 0, ...change })
  return { ...pond, boats: pond.boats.filter(({ isBot }) => !isBot) }
}

const next = (pond: Pond): Pond => step(pond, new Map(), tickMs)

describe('grain', () => {
  const sackHere = (pond: Pond, id: number, worth = 1): Pond => ({
    ...pond,
    grain: pond.grain.map((sack) =>
      sack.id === id ? { ...sack, x: 300, y: 500, worth } : { ...sack, x: 1400, y: 500 },
    ),
  })

  it('[ARN7] is picked up by the boat that reaches it, comes again elsewhere, and six sacks are enough', () => {
    const pond = next(sackHere(alone({ cargo: 0 }), 3))
    expect(boatOf(pond, 'ada').cargo).toBe(1)
    const again = pond.grain.find(({ id }) => id === 3)!
    expect(Math.hypot(again.x - 300, again.y - 500)).toBeGreaterThan(0)
    expect(pond.grain).toHaveLength(16)
    expect(boatOf(next(sackHere(alone({ cargo: 5 }), 3, 3)), 'ada').cargo).toBe(maxCargo)
    const full = next(sackHere(alone({ cargo: maxCargo }), 3))
    expect(full.grain.find(({ id }) => id === 3)).toMatchObject({ x: 300, y: 500 })
  })

  it('[ARN7] is a point a sack at the quay, and nothing between rounds', () => {
    const atQuay = alone({ cargo: 4, score: 3, x: centre.x, y: centre.y - 150 })
    expect(boatOf(next(atQuay), 'ada')).toMatchObject({ cargo: 0, score: 7 })
    const rest = { ...atQuay, round: { ...atQuay.round, phase: 'rest', endTick: 10 } } as const
    expect(boatOf(next(rest), 'ada')).toMatchObject({ cargo: 4, score: 3 })
    const resting = sackHere(alone({}), 3)
    expect(boatOf(next({ ...resting, round: { ...resting.round, phase: 'rest', endTick: 10 } }), 'ada').cargo).toBe(0)
  })

  it('[ARN8] is spilt by a boat that is rammed, not by the one that rams, and sinks when there is too much', () => {
    const still = { x: 300, y: 500, vx: 0, vy: 0, cargo: 5 }
    const ramming = { x: 262, y: 500, vx: 300, vy: 0, angle: 0, cargo: 6 }
    const pond = withBoat(withBoat(pondOf('ada', 'bob'), 'ada', still), 'bob', ramming)
    const far: Pond = { ...pond, grain: pond.grain.map((sack) => ({ ...sack, x: 1400, y: 500 })) }
    const rammed = next({ ...far, boats: far.boats.filter(({ isBot }) => !isBot) })
    expect([boatOf(rammed, 'ada').cargo, boatOf(rammed, 'bob').cargo]).toEqual([3, 6])
    expect(rammed.grain.filter(({ id }) => id >= 100)).toHaveLength(2)
    let spilt = rammed
    for (let ram = 0; ram < 20; ram++) {
      const again = withBoat(withBoat(spilt, 'ada', still), 'bob', ramming)
      spilt = next(again)
    }
    const floating = spilt.grain.filter(({ id }) => id >= 100)
    expect(floating).toHaveLength(20)
    expect(new Set(floating.map(({ id }) => id)).size).toBe(20)
    const gentle = next(withBoat({ ...far, boats: far.boats.filter(({ isBot }) => !isBot) }, 'bob', { vx: 100 }))
    expect(boatOf(gentle, 'ada').cargo).toBe(5)
  })
})

describe('a round', () => {
  it('[ARN9] lasts 90 s, says who won for 8 s, and the next begins with nothing', () => {
    const pond = withBoat(pondOf('ada', 'bob'), 'bob', { score: 1_000, cargo: 2 })
    const until = (from: Pond, phase: 'play' | 'rest'): Pond => {
      let at = from
      while (at.round.phase !== phase) at = next(at)
      return at
    }
    const rest = until(pond, 'rest')
    expect([rest.tick, rest.round]).toEqual([
      playTicks,
      { number: 1, phase: 'rest', endTick: playTicks + restTicks, winner: 'bob' },
    ])
    expect(boatOf(rest, 'bob')).toMatchObject({ wins: 1 })
    const play = until(rest, 'play')
    expect(play.tick).toBe(playTicks + restTicks)
    expect(play.round).toMatchObject({ number: 2, endTick: play.tick + playTicks, winner: 'bob' })
    expect(play.boats.map(({ score, cargo }) => score + cargo)).toEqual(play.boats.map(() => 0))
  })

  it('[ARN9] that nobody scored in has no winner', () => {
    const pond = alone({ x: 300, y: 500 })
    const over = next({ ...pond, grain: [], round: { ...pond.round, endTick: 1 } })
    expect([over.round.phase, over.round.winner]).toEqual(['rest', ''])
  })
})

describe('the crew', () => {
  it('[ARN10] has four boats, a bot at least, and no more than 12 people', () => {
    expect(crewOf(newPond(1))).toEqual({ people: 0, bots: 4 })
    expect(crewOf(launchMany(1))).toEqual({ people: 1, bots: 3 })
    expect(crewOf(launchMany(3))).toEqual({ people: 3, bots: 1 })
    const full = launchMany(12)
    expect(crewOf(full)).toEqual({ people: 12, bots: 1 })
    expect(launch(full, { id: 'late', name: 'late', hue: 0 })).toBe(full)
    expect(crewOf(withdraw(launchMany(2), 'p1'))).toEqual({ people: 1, bots: 3 })
    expect(withdraw(full, 'bot.1')).toBe(full)
  })

  it('[ARN10] keeps a boat that asks again, with its new name', () => {
    const pond = withBoat(pondOf('ada'), 'ada', { score: 4 })
    const renamed = launch(pond, { id: 'ada', name: 'Ada L.', hue: 99 })
    expect(boatOf(renamed, 'ada')).toEqual({ ...boatOf(pond, 'ada'), name: 'Ada L.', hue: 99 })
    expect(renamed.boats).toHaveLength(pond.boats.length)
  })

  it('[ARN11] loses who is silent for 10 s, and nobody else', () => {
    let pond = pondOf('ada', 'bob')
    for (let tick = 0; tick < 301; tick++) {
      pond = withoutGone(step(pond, inputsOf('bob', { seq: tick, turn: 0, thrust: 0 }), tickMs))
    }
    expect(pond.boats.filter(({ isBot }) => !isBot).map(({ id }) => id)).toEqual(['bob'])
    expect(crewOf(pond)).toEqual({ people: 1, bots: 3 })
  })
})
