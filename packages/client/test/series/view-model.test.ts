import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readPoints, readView } from '../../src/series/read-view.ts'
import { limitsOf, Tracks } from '../../src/series/tracks.ts'
import { planView } from '../../src/series/view-plan.ts'
import { market } from '../support/market.ts'
import { pairs, points, viewAnswer, type Point } from '../support/view-wire.ts'

const columnMs = 10
const keys = ['acme', 'bolt']
const fields = ['bid', 'ask']

/** A server that keeps every sample, and thins them whenever it is asked. */
class NaiveServer {
  readonly tracks: Point[][] = [[], [], [], []]
  /** Of each track the first column that changed and was not told. */
  #changed = new Map<number, number>()

  append(track: number, afterMs: number, value: number): void {
    const samples = this.tracks[track]!
    const at = (samples.at(-1)?.[0] ?? 0) + afterMs
    samples.push([at, value])
    this.#changed.set(track, Math.min(this.#changed.get(track) ?? Infinity, columnOf(at)))
  }

  thinned(track: number, from: number): Point[] {
    const columns = groupBy(this.tracks[track]!, ([at]) => columnOf(at))
    return [...columns].filter(([column]) => column >= from).flatMap(([, samples]) => thin(samples))
  }

  /** One `~points` for the tracks that changed from the same column on. */
  increments(): object[] {
    const bySince = groupBy(this.#changed, ([, since]) => since)
    this.#changed = new Map()
    return [...bySince].map(([since, changed]) =>
      points(since, Object.fromEntries(changed.map(([track]) => [track, this.thinned(track, since)]))),
    )
  }

  answer(from: number, kind: 'replace' | 'change'): object {
    this.#changed = new Map()
    return viewAnswer(
      this.tracks.map((_, track) => this.thinned(track, from)),
      { from, kind, columnMs },
    )
  }
}

function groupBy<T>(values: Iterable<T>, groupOf: (value: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const value of values) groups.set(groupOf(value), [...(groups.get(groupOf(value)) ?? []), value])
  return groups
}

function columnOf(at: number): number {
  return Math.floor(at / columnMs) * columnMs
}

/** First, least, greatest and last of a column's samples, each once, in their order. */
function thin(samples: readonly Point[]): Point[] {
  const values = samples.map(([, value]) => value)
  const kept = [0, values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values)), samples.length - 1]
  return [...new Set(kept)].toSorted((a, b) => a - b).map((index) => samples[index]!)
}

const append = fc.record({
  kind: fc.constant('append' as const),
  track: fc.nat({ max: 3 }),
  afterMs: fc.nat({ max: 25 }),
  value: fc.integer({ min: -9, max: 9 }),
})
const step = fc.oneof(
  { weight: 6, arbitrary: append },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
  // The connection breaks; what was not told by then is lost.
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('reconnect' as const), missed: fc.array(append, { maxLength: 8 }) }),
  },
)

it.each([{ last: 45 }, { last: 1e15 }, { from: -5, to: 1e9 }])(
  '[SER103, SER104, SER106, SER110] in the window %o a view holds what a server that kept everything would answer',
  (window) => {
    const plan = planView('price', market.rooms.floor.series.price, { keys, fields, widthPx: 5, ...window })
    const limits = limitsOf(plan)
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const server = new NaiveServer()
        const first = readView(server.answer(0, 'replace'), limits)!
        let tracks = new Tracks(plan, first)
        tracks.answer(first)
        const flush = () => {
          for (const increment of server.increments()) tracks.change(readPoints(increment as never, limits)!)
        }
        const reconnect = () => {
          const since = tracks.completeTo
          const from = since === undefined ? 0 : columnOf(since)
          const answer = readView(server.answer(from, since === undefined ? 'replace' : 'change'), limits)!
          if (answer.kind === 'replace') tracks = new Tracks(plan, answer)
          tracks.answer(answer)
        }
        for (const each of steps) {
          if (each.kind === 'append') server.append(each.track, each.afterMs, each.value)
          else if (each.kind === 'flush') flush()
          else {
            for (const { track, afterMs, value } of each.missed) server.append(track, afterMs, value)
            reconnect()
          }
        }
        flush()
        const newest = Math.max(...server.tracks.map((samples) => samples.at(-1)?.[0] ?? -Infinity))
        const from = window.last === undefined ? 0 : columnOf(newest - window.last)
        for (const [index, [key, field]] of keys.flatMap((k) => fields.map((f) => [k, f] as const)).entries()) {
          expect(pairs(tracks.points(key, field))).toEqual(server.thinned(index, from))
        }
        if (window.last !== undefined) expect(tracks.window.to).toBe(newest)
      }),
      { numRuns: 300 },
    )
  },
)
