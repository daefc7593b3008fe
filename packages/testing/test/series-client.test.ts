import { describe, expect, it } from 'vitest'
import type { MillraceError } from '@millrace/contract'
import type { SeriesListener, SeriesPosition } from '@millrace/server'
import { seededRandom, type Pair } from '@millrace/testing'
import type { Point } from './support/chart.ts'
import { meters, openMeters, withSeries } from './support/meters.ts'
import { openScreen, pointsOfView, thinned, until, whileCut } from './support/screen.ts'

const columnMs = 100
const query = { keys: ['a', 'b'], last: 10_000, widthPx: 100, fps: 20 } as const

/** Appends numbers that differ, at times that differ, late by up to `lagMs`, and remembers all of them. */
class Writer {
  readonly samples: Record<string, Point[]> = { a: [], b: [] }
  readonly #pair: Pair
  readonly #random

  constructor(pair: Pair, seed: number) {
    this.#pair = pair
    this.#random = seededRandom(seed)
  }

  pick(below: number): number {
    return Math.floor(this.#random.fraction() * below)
  }

  async write(lagMs: number, node = 0): Promise<void> {
    const key = this.pick(2) === 0 ? 'a' : 'b'
    const samples = this.samples[key]!
    const newest = samples.at(-1)?.[0] ?? 0
    const at = Math.max(newest + 1, this.#pair.clock.now() - this.pick(lagMs))
    const value = this.#random.fraction()
    samples.push([at, value])
    void this.#pair.room(meters, 'hall', {}, node).series('short').append(key, at, { v: value })
    await this.#pair.settle()
  }

  /** What a view should show of a key, from the oldest column that is surely within its window. */
  shown(key: string): Point[] {
    return this.since(thinned(this.samples[key]!, columnMs))
  }

  since(points: readonly Point[]): Point[] {
    const from = this.#pair.clock.now() - query.last + columnMs
    return points.filter(([at]) => at >= from)
  }
}

describe('a view from client to store', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
    '[SER103, SER106, SER108, SER110, SER117] shows what every sample says, over cuts, other nodes, changes and equal views (seed %i)',
    async (seed) => {
      await using pair = await openMeters({ nodes: 2, seed })
      const writer = new Writer(pair, seed)
      const { room, cable, series } = openScreen(pair, 'ada')
      await until(pair, room.join())
      for (let count = 0; count < 20; count++) await writer.write(500)
      const view = await until(pair, series.view(query))
      expect(view.columnMs).toBe(columnMs)
      let other: typeof view | undefined
      for (let step = 0; step < 60; step++) {
        const node = writer.pick(2)
        const isAwaited = writer.pick(2) === 0
        if (writer.pick(8) === 0) {
          const set = view.set({ fps: [1, 20, 60][writer.pick(3)] })
          if (isAwaited) await until(pair, set)
        }
        if (writer.pick(12) === 0) {
          const set = view.set({ keys: ['b', 'a'], from: 0, to: pair.clock.now() })
          const back = view.set(query)
          if (isAwaited) await until(pair, Promise.all([set, back]))
        }
        if (writer.pick(8) === 0) {
          other?.close()
          other = other ? undefined : await until(pair, series.view(query))
        }
        if (writer.pick(10) === 0) {
          await whileCut(pair, cable, node, async () => {
            for (let count = writer.pick(12); count > 0; count--) {
              await writer.write(3_000, 1 - node)
              await pair.advance(writer.pick(100))
            }
          })
        } else {
          for (let count = writer.pick(5); count > 0; count--) await writer.write(3_000, node)
          await pair.advance(writer.pick(150))
          await pair.flush(undefined, writer.pick(5))
        }
      }
      await pair.run(1_100)
      const fresh = await until(pair, series.view({ ...query, fps: 1 }))
      for (const key of query.keys) {
        expect(writer.since(pointsOfView(view, key))).toEqual(writer.shown(key))
        expect(writer.since(pointsOfView(fresh, key))).toEqual(writer.shown(key))
        if (other) expect(writer.since(pointsOfView(other, key))).toEqual(writer.shown(key))
      }
      expect(writer.shown('a').length).toBeGreaterThan(0)
      expect(pair.errors).toEqual([])
    },
  )

  it('[SER110] what came while the connection was gone is one change, and nothing comes twice', async () => {
    await using pair = await openMeters()
    const short = pair.room(meters, 'hall').series('short')
    const append = (at: number, v: number) => until(pair, short.append('a', at, { v }))
    const { room, cable, series } = openScreen(pair, 'ada')
    await until(pair, room.join())
    const start = pair.clock.now()
    await append(start, 1)
    const view = await until(pair, series.view({ ...query, keys: ['a'] }))
    const changes: number[] = []
    view.on('change', ({ since }) => changes.push(since - start))
    await whileCut(pair, cable, 0, async () => {
      for (const [ms, value] of [
        [150, 2],
        [160, 3],
        [250, 4],
      ] as const) {
        await pair.advance(10)
        await append(start + ms, value)
      }
    })
    expect(changes).toEqual([0])
    await append(start + 300, 5)
    await pair.run(100)
    expect(changes).toEqual([0, 300])
    expect(pointsOfView(view, 'a').map(([at, value]) => [at - start, value])).toEqual([
      [0, 1],
      [150, 2],
      [160, 3],
      [250, 4],
      [300, 5],
    ])
  })

  it('[SER108, SER109, SER113, SER114] windows, paces and ends leave no view behind', async () => {
    await using pair = await openMeters({ limits: { maxViewsPerConnection: 2 } })
    const { room, series } = openScreen(pair, 'ada')
    await until(pair, room.join())
    const now = pair.clock.now()
    await until(pair, pair.room(meters, 'hall').series('short').append('a', now, { v: 1 }))
    for (let round = 0; round < 5; round++) {
      const one = await until(pair, series.view(query))
      const other = await until(pair, series.view(query))
      await expect(until(pair, series.view({ ...query, widthPx: 9 }))).rejects.toMatchObject({ code: 'OVERLOADED' })
      for (const last of [5_000, 2_000]) await until(pair, one.set({ last }))
      await until(pair, Promise.all([1, 2, 3].map((hours) => one.set({ from: now - hours * 3_600_000, to: now + 1 }))))
      expect(pointsOfView(one, 'a')).toEqual([[now, 1]])
      await until(pair, one.set({ fps: 0, last: 1_000 }))
      one.close()
      other.close()
      await pair.flush()
    }
    await until(pair, series.view({ ...query, widthPx: 9 }))
    expect(pair.errors.map((error) => (error as MillraceError).code)).toEqual(Array(5).fill('OVERLOADED'))
  })

  it('[SER111] a series that was lost is shown anew', async () => {
    const forged: { position?: SeriesPosition } = {}
    const listeners: SeriesListener[] = []
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ read, subscribe }) => ({
          read: async (...given) => {
            const page = await read(...given)
            if (!forged.position) return page
            const tracks = page.tracks.map(() => Float64Array.of(pair.clock.now(), 7))
            return { position: forged.position, tracks }
          },
          subscribe: (name, listener) => {
            listeners.push(listener)
            return subscribe(name, listener)
          },
        })),
    })
    const { room, series } = openScreen(pair, 'ada')
    await until(pair, room.join())
    const writer = new Writer(pair, 1)
    for (let count = 0; count < 10; count++) await writer.write(1)
    const view = await until(pair, series.view(query))
    const changes: (readonly string[])[] = []
    view.on('change', ({ keys }) => changes.push(keys))
    const position = { epoch: 'another one', version: 7 }
    forged.position = position
    for (const listener of listeners) listener.samples([{ track: 'v a', at: pair.clock.now(), value: 7 }], position)
    await pair.run(1_000)
    expect(query.keys.map((key) => pointsOfView(view, key).map(([, value]) => value))).toEqual([[7], [7]])
    expect(changes[0]).toEqual(query.keys)
    expect(pair.errors).toEqual([])
  })
})
