import { describe, expect, it } from 'vitest'
import type { WireView } from '@millrace/contract'
import type { SeriesListener, SeriesPosition } from '@millrace/server'
import { seededRandom, type Pair } from '@millrace/testing'
import { openChart, pointsOf, type Chart, type Point } from './support/chart.ts'
import { meters, openMeters, withSeries } from './support/meters.ts'
import { askNow } from './support/raw-client.ts'

const query = { series: 'load', keys: ['a', 'b'], fields: ['cpu'], last: 60_000, widthPx: 60, fps: 10 }

function append(pair: Pair, key: string, at: number, cpu: number): void {
  void pair.room(meters, 'hall').series('load').append(key, at, { cpu })
}

/** A point of `key` every `stepMs` for so long, while packets move. */
async function stream(pair: Pair, keys: readonly string[], ms: number, stepMs = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await pair.run(stepMs)
    for (const key of keys) append(pair, key, pair.clock.now(), Math.sin(pair.clock.now()))
    await pair.flush()
  }
}

/** What a view shows is what the store would answer now. */
async function expectWhole(
  chart: Chart,
  answer: WireView,
  asked: object = query,
  before: Point[][] = [],
): Promise<void> {
  const fresh = await chart.view({ ...asked, fps: 0 })
  const shown = chart.shown(answer, before)
  expect(shown.map((points) => points.filter(([at]) => at >= fresh.from))).toEqual(pointsOf(fresh))
}

/** What a client that returns says it has: the column from which on a track may change. */
function sinceOf({ epoch, columnMs }: WireView, shown: readonly Point[][]): { epoch: string; at: number } {
  const newest = Math.min(...shown.map((points) => points.at(-1)?.[0] ?? -Infinity))
  return { epoch, at: Math.floor(newest / columnMs) * columnMs }
}

describe('series without holes', () => {
  it('[SER49] tell a member that was behind once, from where it was', async () => {
    await using pair = await openMeters({ limits: { maxBufferedBytes: 300 } })
    const [slow, quick] = [await openChart(pair, 'ada'), await openChart(pair, 'bob')]
    const [own, other] = [await slow.view(query), await quick.view(query)]
    slow.client.cable.hold('down')
    await stream(pair, ['a', 'b'], 20_000)
    expect(slow.client.cable.wire?.bytes('down')).toBeLessThan(2_000)
    const missed = pair.node().counters.conflated
    expect(missed).toBeGreaterThan(50)
    const before = quick.told(other.view).length
    expect(before).toBeGreaterThan(80)
    slow.client.cable.release()
    await pair.run(200)
    expect(slow.told(own.view).length).toBeLessThan(15)
    await expectWhole(slow, own)
    await expectWhole(quick, other)
    await stream(pair, ['a'], 1_000)
    await pair.run(200)
    expect(pair.node().counters.conflated).toBe(missed)
    await expectWhole(slow, own)
    expect(pair.errors).toEqual([])
  })

  it('[SER50] read what a member lacks where the node does not hold it any more', async () => {
    let reads = 0
    await using pair = await openMeters({
      limits: { maxBufferedBytes: 300 },
      wrapStore: (store) =>
        withSeries(store, ({ read }) => ({
          read: (...given) => {
            reads++
            return read(...given)
          },
        })),
    })
    const fine = { series: 'short', keys: ['a'], last: 60_000, widthPx: 6_000 }
    const chart = await openChart(pair, 'ada')
    const answer = await chart.view(fine)
    chart.client.cable.hold('down')
    for (let second = 0; second < 20; second++) {
      await pair.run(1_000)
      const now = pair.clock.now()
      for (let ms = 0; ms < 1_000; ms += 20)
        void pair
          .room(meters, 'hall')
          .series('short')
          .append('a', now - 1_000 + ms, { v: ms })
    }
    await pair.run(1_000)
    expect(reads).toBe(1)
    chart.client.cable.release()
    await pair.run(1_000)
    expect(reads).toBe(2)
    await expectWhole(chart, answer, fine)
    expect(pair.errors).toEqual([])
  })

  it('[SER51] read what the store did not tell', async () => {
    let isDeaf = false
    const listeners: SeriesListener[] = []
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ subscribe }) => ({
          subscribe: (name, listener) => {
            listeners.push(listener)
            return subscribe(name, { samples: (...told) => isDeaf || listener.samples(...told) })
          },
        })),
    })
    const chart = await openChart(pair, 'ada')
    const answer = await chart.view(query)
    await stream(pair, ['a', 'b'], 3_000)
    isDeaf = true
    await stream(pair, ['a', 'b'], 3_000)
    isDeaf = false
    await stream(pair, ['a'], 100)
    await pair.run(1_000)
    await expectWhole(chart, answer)
    isDeaf = true
    await stream(pair, ['b'], 3_000)
    const told = chart.told(answer.view).length
    for (const listener of listeners) listener.missed?.()
    await pair.run(1_000)
    await expectWhole(chart, answer)
    expect(
      chart
        .told(answer.view)
        .slice(told)
        .flatMap(({ tracks }) => tracks.map(([index]) => index)),
    ).toEqual([1])
    expect(pair.errors).toEqual([])
  })

  it('[SER51] hear a store that lost its newest versions and makes them again', async () => {
    const listeners: SeriesListener[] = []
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ subscribe }) => ({
          subscribe: (name, listener) => {
            listeners.push(listener)
            return subscribe(name, listener)
          },
        })),
    })
    const chart = await openChart(pair, 'ada')
    const answer = await chart.view(query)
    await stream(pair, ['a'], 2_000)
    await pair.run(200)
    const again = (version: number, at: number): void => {
      for (const listener of listeners)
        listener.samples([{ track: 'cpu a', at, value: version }], { epoch: answer.epoch, version })
    }
    const start = pair.clock.now()
    const before = chart.told(answer.view).length
    again(5, start + 1)
    await pair.run(200)
    expect(chart.told(answer.view)).toHaveLength(before)
    for (const listener of listeners) listener.missed?.()
    again(5, start + 2)
    again(6, start + 1_003)
    await pair.run(200)
    const shown = chart.shown(answer)[0] ?? []
    expect(shown.slice(-2)).toEqual([
      [start + 2, 5],
      [start + 1_003, 6],
    ])
    expect(pair.errors).toEqual([])
  })

  it('[SER51] try again where the store cannot be read', async () => {
    let isDown = false
    const listeners: SeriesListener[] = []
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ read, subscribe }) => ({
          read: (...given) => (isDown ? Promise.reject(new Error('down')) : read(...given)),
          subscribe: (name, listener) => {
            listeners.push(listener)
            return subscribe(name, { samples: (...told) => isDown || listener.samples(...told) })
          },
        })),
    })
    const chart = await openChart(pair, 'ada')
    isDown = true
    expect(await chart.ask(query)).toMatchObject({ ok: false })
    isDown = false
    const answer = await chart.view(query)
    isDown = true
    await stream(pair, ['a', 'b'], 2_000)
    for (const listener of listeners) listener.missed?.()
    await pair.run(5_000)
    const failed = pair.errors.length
    expect(failed).toBeGreaterThan(2)
    isDown = false
    await pair.run(2_000)
    await expectWhole(chart, answer)
    expect(pair.errors).toHaveLength(failed)
  })

  it('[SER52] tell that the series is another one', async () => {
    const listeners: SeriesListener[] = []
    const other: SeriesPosition = { epoch: 'another one', version: 7 }
    let isAnother = false
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, ({ read, subscribe }) => ({
          read: async (...given) => {
            const page = await read(...given)
            return { ...page, position: isAnother ? other : page.position }
          },
          subscribe: (name, listener) => {
            listeners.push(listener)
            return subscribe(name, { samples: (...told) => isAnother || listener.samples(...told) })
          },
        })),
    })
    const chart = await openChart(pair, 'ada')
    const answer = await chart.view(query)
    await stream(pair, ['a'], 1_000)
    isAnother = true
    const sample = { track: 'cpu a', at: pair.clock.now() + 1, value: 5 }
    for (const listener of listeners) listener.samples([sample], other)
    await pair.run(1_000)
    expect(chart.told(answer.view).filter(({ epoch }) => epoch === other.epoch)[0]).toEqual({
      room: chart.room,
      view: answer.view,
      epoch: 'another one',
      since: 0,
      tracks: [],
    })
    const again = await chart.view({ ...query, view: answer.view, since: { epoch: answer.epoch, at: answer.from } })
    expect(again).toMatchObject({ kind: 'replace', epoch: 'another one', view: answer.view })
    for (const listener of listeners) listener.samples([{ ...sample, at: sample.at + 1 }], { ...other, version: 8 })
    await pair.run(1_000)
    const last = chart.told(again.view).at(-1)
    expect(last).toMatchObject({ epoch: 'another one' })
    const column = pointsOf(again)[0]?.filter(([at]) => at >= (last?.since ?? 0)) ?? []
    expect(last?.tracks[0]?.[1].length).toBeGreaterThan(2 * Math.min(column.length, 3))
    expect(pair.errors).toEqual([])
  })

  it('[SER53] give a client that returns what it missed', async () => {
    await using pair = await openMeters()
    const first = await openChart(pair, 'ada')
    const answer = await first.view(query)
    await stream(pair, ['a', 'b'], 4_000)
    const before = first.shown(answer)
    first.client.cable.cut()
    await stream(pair, ['a'], 3_000)
    const since = sinceOf(answer, before)
    const second = await openChart(pair, 'ada')
    const change = await second.view({ ...query, since })
    expect(change).toMatchObject({ kind: 'change', from: since.at, columnMs: answer.columnMs })
    expect(change.counts[0]).toBeLessThan(4 * 6)
    await stream(pair, ['a', 'b'], 1_000)
    await pair.run(200)
    await expectWhole(second, change, query, before)
    for (const stale of [
      { ...since, epoch: 'other' },
      { ...since, at: pair.clock.now() - 120_000 },
    ])
      expect(await second.view({ ...query, since: stale })).toMatchObject({ kind: 'replace' })
  })

  it('[SER56] answer the views of a member one after another, once it takes what was written', async () => {
    await using pair = await openMeters({ limits: { maxBufferedBytes: 300 } })
    const chart = await openChart(pair, 'ada')
    await stream(pair, ['a', 'b'], 30_000, 200)
    chart.client.cable.hold('down')
    const asked = [7, 6, 5].map((widthPx) =>
      chart.client.ask('~view', { ...query, room: chart.room, last: 30_000, widthPx: 10 * widthPx }),
    )
    await pair.settle()
    // All of them come in one tick.
    while (pair.deliver());
    await pair.flush()
    expect(chart.client.cable.wire?.bytes('down')).toBeGreaterThan(300)
    const waiting = chart.client.cable.wire?.bytes('down') ?? 0
    await pair.run(1_000)
    expect(chart.client.cable.wire?.bytes('down')).toBe(waiting)
    chart.client.cable.release()
    await pair.flush()
    const answers = await Promise.all(asked)
    expect(answers.map((answer) => (answer as { data: WireView }).data.columnMs)).toEqual([429, 500, 600])
    const sizes = answers.map((answer) => (answer as { data: WireView }).data.data.byteLength)
    expect(waiting).toBeLessThan(Math.min(...sizes) + 500)
  })

  it('[SER56] answer the views of a connection one after another, also in other rooms and after another join', async () => {
    let [reading, most, answer] = [0, 0, (): void => {}]
    const gate = new Promise<void>((resolve) => (answer = resolve))
    await using pair = await openMeters({
      wrapStore: (store) =>
        withSeries(store, (series) => ({
          read: async (...given) => {
            most = Math.max(most, ++reading)
            await gate
            reading--
            return series.read(...given)
          },
        })),
    })
    const chart = await openChart(pair, 'ada')
    const asked = []
    for (const key of ['a', 'b', 'c']) {
      asked.push(chart.client.ask('~view', { ...query, keys: [key], room: chart.room }))
      await pair.flush()
      await askNow(pair, chart.client, '~join', { room: 'hall' })
    }
    expect([reading, most]).toEqual([1, 1])
    asked.push(chart.client.ask('~view', { ...query, room: chart.room }))
    answer()
    await pair.flush()
    const results = await Promise.all(asked)
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual([
      ...Array.from({ length: 3 }, () => 'DISCONNECTED'),
      'ok',
    ])
    expect(most).toBe(1)
  })

  it('[SER46, SER49, SER51, SER53] show what the store has, whatever is slow, lost or broken', async () => {
    for (let seed = 1; seed <= 12; seed++) await runModel(seed)
  })
})

/** Members that stall and reconnect, and a store whose messages get lost: in the end everybody shows the same. */
async function runModel(seed: number): Promise<void> {
  const numbers = seededRandom(seed)
  const random = { share: () => numbers.integer(1_000) / 1_000 }
  const listeners: SeriesListener[] = []
  let isSlow = false
  await using pair = await openMeters({
    seed,
    limits: { maxBufferedBytes: 400 },
    wrapStore: (store) =>
      withSeries(store, ({ read, subscribe }) => ({
        // An answer that was true when it was made, and arrives later.
        read: async (...given) => {
          const page = await read(...given)
          if (isSlow) await new Promise<void>((resolve) => pair.clock.after(random.share() * 300, resolve))
          return page
        },
        subscribe: (name, listener) => {
          listeners.push(listener)
          return subscribe(name, { samples: (...told) => random.share() < 0.05 || listener.samples(...told) })
        },
      })),
  })
  const queries = [query, { ...query, fps: 3 }, { ...query, last: 600_000, fps: 60 }]
  const seats = await Promise.all(
    queries.map(async (asked, index) => {
      const chart = await openChart(pair, `user${index}`)
      return { asked, chart, answer: await chart.view(asked), before: [] as Point[][] }
    }),
  )
  isSlow = true
  for (let step = 0; step < 120; step++) {
    await pair.run(Math.floor(random.share() * 400))
    for (const key of ['a', 'b'])
      if (random.share() < 0.6)
        append(pair, key, pair.clock.now() - (key === 'b' ? 5_000 : 0), Math.floor(random.share() * 9))
    await pair.flush()
    const seat = seats[Math.floor(random.share() * seats.length)]
    if (seat === undefined) continue
    const chance = random.share()
    if (chance < 0.2) seat.chart.client.cable.hold('down')
    else if (chance < 0.4) seat.chart.client.cable.release()
    else if (chance < 0.45) {
      seat.chart.client.cable.release()
      const { answer, before } = seat
      const shown = seat.chart.shown(answer, before)
      seat.chart.client.cable.cut()
      seat.chart = await openChart(pair, 'again')
      const since = sinceOf(answer, shown)
      const asked = { ...seat.asked, ...(Number.isFinite(since.at) ? { since } : {}), room: seat.chart.room }
      const answered = seat.chart.client.ask('~view', asked)
      for (const ms of [100, 100, 100, 100]) {
        await pair.run(ms)
        append(pair, 'a', pair.clock.now(), random.share())
        await pair.flush()
      }
      seat.answer = ((await answered) as { readonly data: WireView }).data
      seat.before = seat.answer.kind === 'change' ? shown : []
    }
  }
  for (const { chart } of seats) chart.client.cable.release()
  for (const listener of listeners) listener.missed?.()
  await pair.run(5_000)
  isSlow = false
  for (const { chart, answer, asked, before } of seats) await expectWhole(chart, answer, asked, before)
  expect(pair.errors).toEqual([])
}
