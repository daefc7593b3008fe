import { describe, expect, it } from 'vitest'
import { DelayLine } from '../web/play/delay-line.ts'
import { RoundTrips } from '../web/play/round-trips.ts'
import { TickClock } from '../web/play/tick-clock.ts'
import { Track } from '../web/play/track.ts'

const at = (x: number, angle = 0) => ({ x, y: 0, angle, vx: 0, vy: 0, cargo: 0 })

describe('the track of a boat', () => {
  it('[ARN43] says where it was between two ticks, turning the short way round', () => {
    const track = new Track()
    expect(track.at(3)).toBeUndefined()
    track.add(10, at(0, 3))
    track.add(11, at(30, -3))
    expect(track.at(10.5)).toMatchObject({ x: 15 })
    expect(Math.abs(track.at(10.5)!.angle)).toBeGreaterThan(3)
    expect([track.at(4)?.x, track.at(11)?.x, track.at(99)?.x]).toEqual([0, 30, 30])
  })

  it('[ARN43] stands still over ticks that told nothing of it, and begins anew with a server that counts from elsewhere', () => {
    const track = new Track()
    track.add(10, at(0))
    track.add(50, at(40))
    expect([track.at(30)?.x, track.at(49.5)?.x]).toEqual([0, 20])
    track.add(3, at(7))
    expect([track.at(2)?.x, track.at(30)?.x]).toEqual([7, 7])
  })
})

describe('the clock of ticks', () => {
  it('[ARN43] follows arrivals that come early and late, and jumps where the server paused', () => {
    const clock = new TickClock()
    expect([clock.tickAt(5), clock.ageMs(5)]).toEqual([undefined, undefined])
    for (let tick = 0; tick < 300; tick++) clock.note(tick, (tick * 1000) / 30 + 20 + (tick % 3) * 10)
    expect(clock.tickAt(299 * (1000 / 30) + 30)).toBeCloseTo(299, 0)
    clock.note(299, 1e9)
    expect(clock.newest).toBe(299)
    expect(clock.ageMs(299 * (1000 / 30) + 20 + 20 + 7)).toBeCloseTo(7, 6)
    clock.note(300, 20_000)
    expect(clock.tickAt(20_000)).toBeCloseTo(300, 6)
  })
})

describe('the way', () => {
  it('[ARN44] that is made longer keeps its order, also where it becomes shorter', () => {
    let now = 0
    let timers: { readonly dueAt: number; readonly run: () => void }[] = []
    const line = new DelayLine(
      () => now,
      (delayMs, run) => void timers.push({ dueAt: now + delayMs, run }),
    )
    const come: string[] = []
    const pass = (name: string) => line.pass(() => come.push(`${name} ${now}`))
    pass('at once')
    line.delayMs = 100
    pass('late')
    now = 40
    line.delayMs = 0
    pass('behind it')
    for (now = 41; now <= 200; now++) {
      const due = timers.filter(({ dueAt }) => dueAt <= now)
      timers = timers.filter(({ dueAt }) => dueAt > now)
      for (const { run } of due) run()
    }
    pass('at once again')
    expect(come).toEqual(['at once 0', 'late 100', 'behind it 100', 'at once again 201'])
  })

  it('[ARN44] is measured: how long it takes, and how much that differs', () => {
    const trips = new RoundTrips()
    expect([trips.ms, trips.jitterMs]).toEqual([undefined, 0])
    for (let trip = 0; trip < 100; trip++) trips.note(trip % 2 === 0 ? 40 : 60)
    expect(trips.ms).toBeGreaterThan(45)
    expect(trips.ms).toBeLessThan(55)
    expect(trips.jitterMs).toBeCloseTo(20, 3)
    trips.restart()
    expect([trips.ms, trips.jitterMs]).toEqual([undefined, 0])
  })
})
