import { describe, expect, it, vi } from 'vitest'
import type { WirePoints, WireView } from '@millrace/contract'
import type { Pair } from '@millrace/testing'
import { unpackPoints } from '@millrace/server'
import { openChart, pointsOf, type Chart, type Point } from './support/chart.ts'
import { meters, openMeters, withSeries } from './support/meters.ts'
import { askNow } from './support/raw-client.ts'
import { openScreen, pointsOfView, until } from './support/screen.ts'

const query = { series: 'load', keys: ['a'], fields: ['cpu'], last: 60_000, widthPx: 60, fps: 10 }

async function append(pair: Pair, key: string, points: readonly Point[]): Promise<void> {
  const load = pair.room(meters, 'hall').series('load')
  for (const [at, cpu] of points) void load.append(key, at, { cpu })
  await pair.settle()
}

/** How many points the fullest column of the first track has. */
function fullest(answer: WireView): number {
  const columns = new Map<number, number>()
  for (const [at] of pointsOf(answer)[0] ?? []) {
    const column = Math.floor(at / answer.columnMs)
    columns.set(column, (columns.get(column) ?? 0) + 1)
  }
  return Math.max(0, ...columns.values())
}

describe('views of series', () => {
  it('[SER40] are for members, of series that the room has', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const bare = await askNow(pair, chart.client, '~join', { room: 'bare' })
    const room = (bare as { data: { room: number } }).data.room
    for (const [argument, code] of [
      [{ ...query, room: 999 }, 'FORBIDDEN'],
      [{ ...query, room }, 'UNKNOWN_EVENT'],
      [{ ...query, series: 'none' }, 'UNKNOWN_EVENT'],
      [{ ...query, series: '__proto__' }, 'UNKNOWN_EVENT'],
      [{ ...query, series: 'price', fields: ['price'] }, 'CONTRACT_MISMATCH'],
      [{ ...query, version: 2 }, 'CONTRACT_MISMATCH'],
    ] as const)
      expect(await chart.ask(argument)).toMatchObject({ ok: false, error: { code } })
    expect(await chart.ask({ ...query, series: 'price', fields: ['price'], version: 2 })).toMatchObject({ ok: true })
  })

  it('[SER41] are refused with what to change', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const { last: _, ...still } = query
    for (const [wrong, hint] of [
      [{ ...query, keys: [] }, 'keys'],
      [{ ...query, keys: 'a' }, 'keys'],
      [{ ...query, keys: Array.from({ length: 10_000 }, (_, index) => `k${index}`) }, 'keys is a list of 1 to 500'],
      [{ ...query, keys: ['NOT ONE'] }, 'key of load'],
      [{ ...query, keys: [7] }, 'key of load'],
      [{ ...query, keys: ['a'.repeat(257)] }, '256'],
      [{ ...query, fields: ['rain'] }, 'cpu, heat'],
      [{ ...query, fields: [] }, 'fields'],
      [{ ...query, keys: ['a', 'b', 'a'] }, 'each once'],
      [{ ...query, fields: ['cpu', 'cpu'] }, 'each once'],
      [{ ...query, last: 0 }, 'last'],
      [{ ...query, last: null }, 'last'],
      [{ ...query, from: 0, to: 1 }, 'last'],
      [still, 'from and a later to'],
      [{ ...still, from: 5, to: 5 }, 'from and a later to'],
      [{ ...still, from: '1', to: 5 }, 'from and a later to'],
      [{ ...query, widthPx: 0 }, 'widthPx is a whole number, 1 to 16384'],
      [{ ...query, widthPx: 1e9 }, 'widthPx'],
      [{ ...query, widthPx: 1.5 }, 'widthPx'],
      [{ ...query, widthPx: null }, 'widthPx'],
      [{ ...query, fps: -1 }, 'fps'],
      [{ ...query, fps: 61 }, 'fps'],
      [{ ...query, columnMs: 0.5 }, 'columnMs'],
      [{ ...query, since: 5 }, 'since'],
    ] as const)
      expect(await chart.ask(wrong)).toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT', message: expect.stringContaining(hint) },
      })
  })

  it('[SER42] are bounded by their points and by the views of a connection', async () => {
    await using pair = await openMeters({ limits: { maxViewsPerConnection: 2 } })
    const chart = await openChart(pair, 'ada')
    const keys = Array.from({ length: 500 }, (_, index) => `k${index}`)
    expect(await chart.ask({ ...query, keys, widthPx: 501 })).toMatchObject({
      error: { code: 'INVALID_INPUT', message: expect.stringContaining('1000000 points') },
    })
    const first = await chart.view({ ...query, keys, widthPx: 500 })
    await chart.view(query)
    const third = { ...query, widthPx: 7 }
    expect(await chart.ask(third)).toMatchObject({ error: { code: 'OVERLOADED' } })
    expect(await chart.ask({ ...third, view: 12_345 })).toMatchObject({ error: { code: 'OVERLOADED' } })
    await chart.view({ ...third, view: first.view })
    expect(await chart.ask(query)).toMatchObject({ error: { code: 'OVERLOADED' } })
  })

  it('[SER42] are bounded by the tracks of all views of a connection', async () => {
    await using pair = await openMeters({ limits: { maxViewTracksPerConnection: 5 } })
    const chart = await openChart(pair, 'ada')
    const view = { ...query, keys: ['a', 'b', 'c', 'd'] }
    const first = await chart.view(view)
    expect(await chart.ask({ ...query, keys: ['a', 'b'] })).toMatchObject({
      error: { code: 'OVERLOADED', message: expect.stringContaining('5 tracks') },
    })
    await chart.view(query)
    const wider = await chart.view({ ...view, fps: 5, view: first.view })
    expect(await chart.ask({ ...view, fps: 4 })).toMatchObject({ error: { code: 'OVERLOADED' } })
    await askNow(pair, chart.client, '~unview', { room: chart.room, view: wider.view })
    await chart.view({ ...view, fps: 4 })
  })

  it('[SER43, SER44] have columns of equal width, and at most four points in each', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const now = pair.clock.now()
    const points = Array.from({ length: 600 }, (_, index): Point => [now - 60_000 + 100 * index, Math.sin(index)])
    await append(pair, 'a', points)
    for (const [window, widthPx, columnMs, expected] of [
      [{ last: 60_000 }, 60, undefined, 1_000],
      [{ last: 60_000 }, 59, undefined, 1_017],
      [{ last: 60_000 }, 60, 700, 1_400],
      [{ last: 60_000 }, 16_384, undefined, 4],
      [{ last: 0.5 }, 1, undefined, 1],
      [{ from: now - 60_000, to: now }, 7, 5_000, 10_000],
      [{ from: -1e13, to: 3e13 }, 1_000, undefined, 4e10],
      [{ from: -1e308, to: 1e308 }, 1, undefined, Number.MAX_SAFE_INTEGER],
    ] as const) {
      const answer = await chart.view({ ...query, last: undefined, ...window, widthPx, columnMs })
      expect(answer).toMatchObject({ columnMs: expected, kind: 'replace' })
      expect(fullest(answer)).toBeLessThanOrEqual(4)
      expect(answer.from % expected).toBe(0)
      if (!('last' in window && window.last < 1)) expect(fullest(answer)).toBeGreaterThan(0)
    }
  })

  it('[SER43, SER44] have columns of a width that a client can count with, however wide the window', async () => {
    await using pair = await openMeters()
    const { room, series } = openScreen(pair, 'ada')
    await until(pair, room.join())
    const now = pair.clock.now()
    void pair.room(meters, 'hall').series('short').append('a', now, { v: 1 })
    await pair.settle()
    for (const columnMs of [1, Number.MAX_SAFE_INTEGER]) {
      const wide = { keys: ['a'], from: -1e300, to: 1e300, widthPx: 1, fps: 0, columnMs }
      const view = await until(pair, series.view(wide))
      expect(pointsOfView(view, 'a')).toEqual([[now, 1]])
      expect(view.columnMs).toBe(Number.MAX_SAFE_INTEGER)
    }
  })

  it('[SER58] are packed for those who read that, and have the same points for everybody', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const now = pair.clock.now()
    await append(
      pair,
      'a',
      Array.from({ length: 500 }, (_, index): Point => [now - 50_000 + 100 * index, Math.sin(index)]),
    )
    await append(pair, 'b', [[now - 40_000, 1 / 3]])
    const both = { ...query, keys: ['a', 'c', 'b'] }
    const plain = await chart.view(both)
    const packed = await chart.view({ ...both, packed: 1 })
    expect(plain.packed).toBeUndefined()
    const { packed: { unitMs, widths } = { unitMs: 0, widths: [] }, counts, data } = packed
    expect([packed.view, counts, unitMs, widths]).toEqual([plain.view, plain.counts, 100, [1, 1, 1]])
    expect(data.byteLength).toBeLessThan(0.6 * plain.data.byteLength)
    const points = unpackPoints({ unitMs, widths, counts, data })
    expect(points.map((numbers) => [...numbers])).toEqual(pointsOf(plain).map((each) => each.flat()))
    for (const other of [true, 0, 2, 'x', null])
      expect((await chart.view({ ...both, packed: other })).packed).toBeUndefined()
  })

  it('[SER45] show a spike of one sample at every width', async () => {
    await using pair = await openMeters()
    const now = pair.clock.now()
    const day = 86_400
    const { series } = await pair.openStore()
    const samples = Array.from({ length: day }, (_, index) => ({
      track: 'cpu a',
      at: now - 1_000 * (day - index),
      value: index === 54_321 ? 100 : 20 + (index % 7) / 10,
    }))
    await series.append('load /meters hall {}', samples, { stepMs: 1_000, retentionMs: 86_400_000, maxTracks: 6 })
    const chart = await openChart(pair, 'ada')
    const spike: Point = [now - 1_000 * (day - 54_321), 100]
    for (const widthPx of [300, 1_200]) {
      const answer = await chart.view({ ...query, last: 86_400_000, widthPx })
      expect(pointsOf(answer)[0]).toContainEqual(spike)
      expect(answer.counts[0]).toBeGreaterThan(widthPx)
      expect(fullest(answer)).toBeLessThanOrEqual(4)
    }
  })

  it('[SER46] are told of tracks that changed, from their first changed column, at most fps times a second', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const start = pair.clock.now()
    await append(pair, 'a', [[start, 1]])
    await append(pair, 'b', [[start, 5]])
    const view = { ...query, keys: ['a', 'b', 'c'] }
    const answer = await chart.view(view)
    await pair.run(5_000)
    expect(chart.told(answer.view)).toEqual([])
    for (let ms = 50; ms <= 3_000; ms += 50) {
      await pair.run(50)
      await append(pair, 'b', [[start + 5_000 + ms, Math.cos(ms)]])
    }
    await pair.run(1_000)
    const told = chart.told(answer.view)
    expect(told.length).toBeGreaterThan(15)
    expect(told.length).toBeLessThanOrEqual(31)
    for (const { epoch, since, tracks } of told) {
      expect(epoch).toBe(answer.epoch)
      expect(since % answer.columnMs).toBe(0)
      expect(tracks.map(([index]) => index)).toEqual([1])
    }
    expect(told.every(({ tracks }) => (tracks[0]?.[1].length ?? 0) <= 2 * 8)).toBe(true)
    const fresh = await chart.view({ ...view, fps: 0 })
    expect(chart.shown(answer)).toEqual(pointsOf(fresh))
    await pair.run(10_000)
    expect(chart.told(answer.view)).toHaveLength(told.length)
  })

  it('[SER47] end where their window does', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const now = pair.clock.now()
    const { last: _, ...rest } = query
    const past = await chart.view({ ...rest, from: now - 200_000, to: now - 61_000 })
    const recent = await chart.view({ ...rest, from: now - 60_000, to: now + 1_000 })
    const none = await chart.view({ ...query, fps: 0 })
    await append(pair, 'a', [
      [now - 190_000, 1],
      [now - 10_000, 2],
      [now + 1_000, 3],
      [now + 1_001, 4],
    ])
    await pair.run(1_000)
    expect(chart.told(past.view)).toEqual([])
    expect(chart.told(none.view)).toEqual([])
    expect(chart.shown(recent)).toEqual([
      [
        [now - 10_000, 2],
        [now + 1_000, 3],
      ],
    ])
  })

  it('[SER48] are read and encoded once for all who look at the same', async () => {
    let reads = 0
    let answer = (): void => {}
    const gate = new Promise<void>((resolve) => (answer = resolve))
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, (series) => ({
          read: async (...given) => {
            reads++
            const page = await series.read(...given)
            await gate
            return page
          },
        })),
    })
    const charts = await Promise.all(['ada', 'bob', 'cy'].map((user) => openChart(pair, user)))
    const ask = ({ client, room }: Chart) => client.ask('~view', { ...query, last: 3_600_000, room })
    const asked = [charts[0], charts[1]].map((chart) => ask(chart as Chart))
    await pair.flush()
    const first: Point = [pair.clock.now(), 1]
    await append(pair, 'a', [first])
    await pair.run(1_000)
    asked.push(ask(charts[2] as Chart))
    await pair.flush()
    answer()
    await pair.run(1_000)
    const answers = (await Promise.all(asked)).map((result) => (result as { readonly data: WireView }).data)
    expect(reads).toBe(1)
    expect(new Set(answers.map(({ view }) => view)).size).toBe(1)
    expect(charts.map((chart, index) => chart.shown(answers[index] as WireView))).toEqual(charts.map(() => [[first]]))
    const before = charts.map(({ client }) => client.got.length)
    const stringify = vi.spyOn(JSON, 'stringify')
    await append(pair, 'a', [[pair.clock.now(), 2]])
    await pair.run(1_000)
    const encoded = stringify.mock.calls.filter(([value]) => 'tracks' in Object([value].flat().at(-1)))
    stringify.mockRestore()
    expect(charts.map(({ client }, index) => client.got.length - (before[index] ?? 0))).toEqual([1, 1, 1])
    expect(encoded).toHaveLength(1)
    expect(reads).toBe(1)
  })

  it('[SER48] show everybody whole columns, whatever the first who asked for an equal view held or saw', async () => {
    await using pair = await openMeters()
    const [first, second, fresh] = [
      await openChart(pair, 'ada'),
      await openChart(pair, 'bob'),
      await openChart(pair, 'cy'),
    ]
    const column = 60_000
    const start = Math.ceil(pair.clock.now() / column) * column
    await pair.run(start - pair.clock.now())
    const view = { ...query, keys: ['a', 'b'], last: 3_600_000, columnMs: column }
    await append(pair, 'a', [
      [start, 1],
      [start + 100, 9],
    ])
    await append(pair, 'b', [
      [start, 2],
      [start + 100, 8],
    ])
    const { epoch } = await first.view({ ...view, fps: 0 })
    await first.view({ ...view, since: { epoch, at: start + 50_000_000 } })
    const late = await second.view(view)
    await append(pair, 'a', [[start + 200, 5]])
    await pair.run(1_000)
    expect(second.shown(late)).toEqual(pointsOf(await fresh.view({ ...view, fps: 0 })))

    await pair.run(2 * column)
    const narrow = await first.view({ ...view, keys: ['b'], last: 1, widthPx: 1 })
    const wide = await second.view({ ...view, keys: ['b'] })
    expect([wide.view, wide.columnMs]).toEqual([narrow.view, column])
    await append(pair, 'b', [[start + 300, 4]])
    await pair.run(1_000)
    expect(second.shown(wide)).toEqual(pointsOf(await fresh.view({ ...view, keys: ['b'], fps: 0 })))
  })

  it('[SER54] end with unview, as often as they were asked for, and with their membership', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const start = pair.clock.now()
    let at = start
    const count = async (): Promise<number> => {
      const before = chart.client.got.filter(([name]) => name === '~points').length
      await append(pair, 'a', [[(at += 10), at]])
      await pair.run(500)
      return chart.client.got.filter(([name]) => name === '~points').length - before
    }
    const { view } = await chart.view(query)
    expect((await chart.view(query)).view).toBe(view)
    const unview = () => askNow(pair, chart.client, '~unview', { room: chart.room, view })
    expect(await count()).toBe(1)
    expect(await unview()).toEqual({ ok: true })
    expect(await count()).toBe(1)
    await unview()
    expect(await count()).toBe(0)
    expect(await unview()).toEqual({ ok: true })
    for (const end of [
      () => askNow(pair, chart.client, '~leave', { room: chart.room }),
      () => askNow(pair, chart.client, '~join', { room: 'hall' }),
      async () => {
        pair.room(meters, 'hall').kick({ userId: 'ada' })
        await pair.flush()
      },
    ]) {
      await askNow(pair, chart.client, '~join', { room: 'hall' })
      await chart.view(query)
      expect(await count()).toBe(1)
      await append(pair, 'a', [[(at += 10), at]])
      await end()
      expect(await count()).toBe(0)
    }
    await askNow(pair, chart.client, '~join', { room: 'hall' })
    await chart.view(query)
    chart.client.cable.cut()
    await pair.run(60_000)
    expect(pair.clock.timerCount).toBeLessThan(5)
  })

  it('[SER55] take the place of the view that they name once they are answered', async () => {
    await using pair = await openMeters()
    const chart = await openChart(pair, 'ada')
    const first = await chart.view(query)
    expect(await chart.ask({ ...query, view: first.view, widthPx: 0 })).toMatchObject({ ok: false })
    await append(pair, 'a', [[pair.clock.now(), 1]])
    await pair.run(500)
    expect(chart.told(first.view)).toHaveLength(1)
    const second = await chart.view({ ...query, widthPx: 30, view: first.view })
    const same = await chart.view({ ...query, widthPx: 30, view: second.view })
    expect(same.view).toBe(second.view)
    await append(pair, 'a', [[pair.clock.now() + 500, 2]])
    await pair.run(500)
    expect([chart.told(first.view).length, chart.told(second.view).length]).toEqual([1, 1])
    const told: readonly WirePoints[] = chart.told(second.view)
    expect(told[0]?.tracks).toHaveLength(1)
  })

  it('[SER57] let go of the store a while after the last one ended', async () => {
    let open = 0
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ subscribe }) => ({
          subscribe: async (...given) => {
            const subscription = await subscribe(...given)
            open++
            return {
              close: () => {
                open--
                return subscription.close()
              },
            }
          },
        })),
    })
    const chart = await openChart(pair, 'ada')
    const unview = ({ view }: WireView) => askNow(pair, chart.client, '~unview', { room: chart.room, view })
    const views = [await chart.view(query), await chart.view({ ...query, widthPx: 30 })]
    expect(open).toBe(1)
    for (const view of views) await unview(view)
    const timers = pair.clock.timerCount
    await pair.run(5_000)
    for (let times = 0; times < 20; times++) await unview(await chart.view(query))
    expect(pair.clock.timerCount).toBeLessThanOrEqual(timers)
    await pair.run(9_000)
    expect(open).toBe(1)
    await pair.run(1_000)
    expect(open).toBe(0)
    const answer = await chart.view(query)
    await append(pair, 'a', [[pair.clock.now(), 1]])
    await pair.run(500)
    expect([open, chart.told(answer.view).length]).toEqual([1, 1])
    await askNow(pair, chart.client, '~leave', { room: chart.room })
    await pair.run(30_000)
    expect(open).toBe(0)
  })

  it('[SER49, DEL59] hold little for a connection however many of them it catches up with', async () => {
    const budget = 1_000
    await using pair = await openMeters({ limits: { maxBufferedBytes: budget } })
    const chart = await openChart(pair, 'ada')
    const answers: WireView[] = []
    for (let fps = 20; fps < 50; fps++) answers.push(await chart.view({ ...query, fps }))
    const waiting = () => chart.client.cable.wire?.bytes('down') ?? 0
    chart.client.cable.hold('down')
    const start = pair.clock.now()
    for (let ms = 100; ms <= 10_000; ms += 100) {
      await append(pair, 'a', [[start + ms, Math.sin(ms)]])
      await pair.run(100)
    }
    expect(waiting()).toBeLessThanOrEqual(2 * budget)
    chart.client.cable.release()
    let largest = 0
    for (let idle = 0; idle < 3;) {
      idle = pair.deliver() ? 0 : idle + 1
      await pair.settle()
      largest = Math.max(largest, waiting())
    }
    const fresh = pointsOf(await chart.view({ ...query, fps: 0 }))
    for (const answer of answers) expect(chart.shown(answer)).toEqual(fresh)
    const most = Math.max(...chart.client.got.map((event) => JSON.stringify(event).length))
    expect(largest).toBeLessThanOrEqual(2 * budget + most)
  })

  it('[SER49, SER50] give large increments in parts, also those that the node does not hold', async () => {
    await using pair = await openMeters()
    const charts = [await openChart(pair, 'ada'), await openChart(pair, 'bob')]
    const keys = ['a', 'b', 'c']
    const fine = { series: 'short', keys, last: 60_000, widthPx: 6_000, fps: 1 }
    const answers = await Promise.all(charts.map((chart) => chart.view(fine)))
    const start = pair.clock.now()
    for (const key of keys)
      for (let index = 0; index < 600; index++)
        void pair
          .room(meters, 'hall')
          .series('short')
          .append(key, start + 50 * index, { v: index })
    await pair.run(2_000)
    charts.forEach((chart, index) => {
      const told = chart.told(answers[index]!.view)
      expect(told.length).toBeGreaterThan(1)
      for (const { tracks } of told) expect(tracks.flatMap(([, points]) => points).length).toBeLessThanOrEqual(2_000)
      expect(chart.shown(answers[index]!).map((points) => points.map(([, value]) => value))).toEqual(
        keys.map(() => Array.from({ length: 600 }, (_, value) => value)),
      )
    })
  })
})
