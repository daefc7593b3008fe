import { expect, it } from 'vitest'
import { arrivalMs, movedOn, noArrivals, withReport } from '../web/pulse/arrivals.ts'
import type { PulseReport } from '../web/pulse/pulse-report.ts'
import { emptyTally } from '../web/pulse/tally.ts'

function report(received: number, replayed: number, isConnected = true): PulseReport {
  return {
    tally: { ...emptyTally, received, replayed },
    reconnects: 0,
    connection: isConnected ? 'c1' : undefined,
    process: undefined,
    node: undefined,
    nodes: undefined,
    canFreeze: false,
    people: undefined,
    absence: undefined,
    breaking: undefined,
    outcome: undefined,
  }
}

it('[HOM11] puts what arrived into the quarter second in which it was told, apart from what had waited', () => {
  let arrivals = withReport(noArrivals(0), report(2, 0), 100)
  arrivals = withReport(arrivals, report(5, 0), 200)
  arrivals = withReport(arrivals, report(45, 35), 400)
  expect(arrivals.bins.slice(-3)).toEqual([
    { live: 0, replayed: 0, isAway: false },
    { live: 5, replayed: 0, isAway: false },
    { live: 5, replayed: 35, isAway: false },
  ])
  expect(arrivals.bins).toHaveLength(120)
})

it('[HOM11] moves on where nothing is told, and stays away as long as nothing is known', () => {
  const arrivals = movedOn(withReport(noArrivals(0), report(1, 0, false), 10), 4.5 * arrivalMs)
  expect(arrivals.bins.slice(-6).map(({ isAway }) => isAway)).toEqual([false, true, true, true, true, true])
  expect(arrivals.endsAt).toBe(5 * arrivalMs)
  expect(movedOn(arrivals, 4.9 * arrivalMs)).toBe(arrivals)
})

it('[HOM11] after an hour it holds half a minute all the same', () => {
  const arrivals = movedOn(withReport(noArrivals(0), report(9, 0), 10), 3_600_000)
  expect(arrivals.bins).toHaveLength(120)
  expect(arrivals.bins.every(({ live }) => live === 0)).toBe(true)
  expect(arrivals.endsAt).toBeGreaterThan(3_600_000)
  expect(arrivals.endsAt).toBeLessThanOrEqual(3_600_000 + arrivalMs)
})
