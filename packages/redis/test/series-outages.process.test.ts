import { seriesBytes, type SeriesPosition } from '@millrace/server'
import { describe, expect, it, vi } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { appendSamples } from '../src/lua/append-samples.ts'
import { openRedis } from './fixtures/open-redis.ts'
import { plan, readValues, samplesUntilNow, track } from './fixtures/series-samples.ts'
import { slowProxy } from './fixtures/slow-proxy.ts'

const names = new KeyNames('millrace')

describe('series on a Redis in trouble', () => {
  it('[SER77] sends an append again, with one effect', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { series } = await fixture.open({ url: proxy.url, deadlineMs: 10_000 })
    const samples = samplesUntilNow(3)
    const { position } = await series.append('cpu', samples.slice(0, 1), plan)
    proxy.holdAnswers()
    const append = series.append('cpu', samples.slice(1), plan)
    await vi.waitFor(() => expect(proxy.heldBytes).toBeGreaterThan(0))
    proxy.cut()
    // As a new batch the second attempt would be refused as older than what it stored.
    expect(await append).toEqual({ position: { ...position, version: 2 }, refused: [] })
    expect(await readValues(series, 'cpu')).toEqual([0, 1, 2])
  })

  it('[SER77] says what became of an append that was not answered', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { series, ...store } = await fixture.open({ url: proxy.url })
    const samples = samplesUntilNow(3)
    await series.append('cpu', samples.slice(0, 1), plan)
    proxy.holdAnswers()
    await expect(series.append('cpu', samples.slice(1), plan)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    await expect(readValues(series, 'cpu')).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await proxy[Symbol.asyncDispose]()
    await vi.waitFor(() => expect(store.isReady()).toBe(false))
    await expect(series.append('cpu', samples, plan)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })

  it('[SER78] stores a large append in parts', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const samples = samplesUntilNow(2_500, 10)
    const heard: number[] = []
    await series.subscribe('cpu', { samples: ({ length }) => heard.push(length) })
    const late = { track, at: samples[0]?.at ?? 0, value: 7 }
    const { position, refused } = await series.append('cpu', [...samples, late], plan)
    expect(position.version).toBe(3)
    expect(refused).toEqual([{ index: 2_500, why: 'backwards' }])
    await vi.waitFor(() => expect(heard).toEqual([1_000, 1_000, 500]))
  })

  it('[SER78] does not know where a part of an append is stored', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { series } = await fixture.open({ url: proxy.url })
    const samples = samplesUntilNow(100_000, 10)
    const append = series.append('cpu', samples, plan).catch((error: unknown) => error)
    const stored = async () => Number((await fixture.admin.hget(names.series('cpu'), ''))?.split(' ')[1] ?? 0)
    await vi.waitFor(async () => expect(await stored()).toBeGreaterThan(0))
    await proxy[Symbol.asyncDispose]()
    expect(await append).toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    expect(await stored()).toBeLessThan(100)
  })

  it('[SER79] goes on after its scripts were forgotten', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const samples = samplesUntilNow(2_000)
    await series.append('cpu', samples.slice(0, 1_000), plan)
    await fixture.admin.script('FLUSH')
    await series.append('cpu', samples.slice(1_000), plan)
    await fixture.admin.script('FLUSH')
    expect(await readValues(series, 'cpu')).toHaveLength(2_000)
  })

  it('[SER80] begins anew where Redis came back empty or was flushed', async () => {
    await using fixture = await openRedis()
    fixture.admin.on('error', () => undefined)
    const { series, ...store } = await fixture.open({ deadlineMs: 10_000, health: { compareMs: 300 } })
    const positions: SeriesPosition[] = []
    let missed = 0
    await series.subscribe('cpu', {
      samples: (_, position) => positions.push(position),
      missed: () => missed++,
    })
    const losses = [() => fixture.server.restart({ isEmpty: true }), () => fixture.admin.flushall()]
    for (const [round, lose] of losses.entries()) {
      const before = await series.append('cpu', samplesUntilNow(2_000), plan)
      await vi.waitFor(() => expect(positions.at(-1)).toEqual(before.position))
      const missedBefore = missed
      await lose()
      await vi.waitFor(() => expect(missed).toBeGreaterThan(missedBefore), 15_000)
      await vi.waitFor(() => expect(store.isReady()).toBe(true), 15_000)
      expect(await readValues(series, 'cpu')).toEqual([])
      const after = await series.append('cpu', samplesUntilNow(1), plan)
      expect(after.position.version, `round ${round}`).toBe(1)
      expect(after.position.epoch).not.toBe(before.position.epoch)
      await vi.waitFor(() => expect(positions.at(-1)).toEqual(after.position))
      expect(await readValues(series, 'cpu')).toEqual([0])
    }
  })

  it('[SER81] notices a lost last message', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open({ health: { compareMs: 300 } })
    await series.append('cpu', samplesUntilNow(1), plan)
    let missed = 0
    const heard: number[] = []
    await series.subscribe('cpu', { samples: ({ length }) => heard.push(length), missed: () => missed++ })
    const sample = Buffer.alloc(20)
    sample.writeDoubleLE(Date.now(), 4)
    const widths = ['1000', '10000', '60000', '600000', '3600000', '36000000']
    const birth = ['', 'AAAAAAAAAAA', '1000000', '1000', '6', '50', '86400000', '1000', names.points('cpu', '')]
    const keys = [names.series('cpu'), names.room('cpu', 'lost'), names.room('cpu', 'batch:a')]
    await fixture.admin.eval(
      appendSamples.text,
      3,
      ...keys,
      ...birth,
      sample,
      'BBBBBBBBBBB',
      ...widths,
      ...widths,
      ...widths.map(() => '86400000'),
      `"${track}"`,
    )
    await vi.waitFor(() => expect(missed).toBeGreaterThan(0))
    expect(heard).toEqual([])
    expect((await series.append('cpu', samplesUntilNow(1), plan)).position.version).toBe(3)
  })

  it('[SER86] tells subscribers where what was appended last is lost', async () => {
    await using fixture = await openRedis()
    const { series, ...store } = await fixture.open({ health: { compareMs: 300 } })
    const heard: number[] = []
    const missed: number[] = []
    await series.subscribe('cpu', {
      samples: (_, { version }) => heard.push(version),
      missed: () => missed.push(heard.at(-1) ?? 0),
    })
    const samples = samplesUntilNow(8)
    const append = (index: number) => series.append('cpu', samples.slice(index, index + 1), plan)
    for (const index of [0, 1, 2]) await append(index)
    const kept = await fixture.admin.dumpBuffer(names.series('cpu'))
    for (const index of [3, 4]) await append(index)
    await fixture.admin.restore(names.series('cpu'), 0, kept, 'REPLACE')
    // The same two versions again, of other samples, and one more.
    for (const index of [5, 6]) await append(index)
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3, 4, 5, 4, 5]))
    expect(missed).toEqual([4, 5])
    await append(7)
    await store.probe()
    expect([heard.at(-1), missed.length]).toEqual([6, 2])
    expect((await readValues(series, 'cpu')).slice(-3)).toEqual([5, 6, 7])
    await fixture.admin.restore(names.series('cpu'), 0, kept, 'REPLACE')
    await vi.waitFor(() => expect(missed.length).toBeGreaterThan(2))
  })

  it('[SER75, SER76] keeps a series in one slot, within its bound, and lets Redis delete it', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const small = { stepMs: 1_000, retentionMs: 600_000, maxTracks: 1 }
    // Four samples of each step count, twice as long as they are kept.
    for (let part = 0; part < 10; part++) {
      const now = Date.now() - (9 - part) * 120_000
      const samples = Array.from({ length: 960 }, (_, index) => ({
        track,
        at: now - (959 - index) * 125,
        value: Math.sin(index * 7),
      }))
      await series.append('a}b{c', samples, small)
    }
    const keys = (await fixture.admin.keys('*a}b*')).filter((key) => !key.includes('batch:'))
    expect(keys.length).toBeGreaterThan(3)
    expect(new Set(keys.map((key) => key.slice(0, key.indexOf('}') + 1))).size).toBe(1)
    let bytes = 0
    for (const key of keys) {
      bytes += key.endsWith(':series') ? 6 * 64 : await fixture.admin.strlen(key)
      const leftMs = await fixture.admin.pttl(key)
      expect(leftMs).toBeGreaterThan(0)
      expect(leftMs).toBeLessThanOrEqual(small.retentionMs + (key.endsWith(':series') ? 30 * 86_400_000 : 512_000 * 60))
    }
    expect(bytes).toBeLessThanOrEqual(seriesBytes(small))
    expect(bytes).toBeGreaterThan(20_000)
  })

  it('[SER12, SER76] lets Redis delete the finest rollup before the others', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const short = { ...plan, stepRetentionMs: 3_600_000 }
    await series.append('cpu', samplesUntilNow(1_000), short)
    const longest = async (level: number): Promise<number> => {
      const keys = await fixture.admin.keys(names.points('cpu', `*:${level}:*`))
      return Math.max(...(await Promise.all(keys.map((key) => fixture.admin.pttl(key)))))
    }
    expect(await longest(1)).toBeLessThanOrEqual(short.stepRetentionMs + 512_000)
    expect(await longest(2)).toBeGreaterThan(short.retentionMs - 3_600_000)
  })
})
