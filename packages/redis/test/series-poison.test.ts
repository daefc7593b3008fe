import type { SeriesPosition } from '@millrace/server'
import { seededRandom } from '@millrace/testing'
import { anyBytes, mutate } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { describe, expect, it, vi } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { decodeSamples } from '../src/series-text.ts'
import { openRedis } from './fixtures/open-redis.ts'
import { plan, readValues, samplesUntilNow, track } from './fixtures/series-samples.ts'

const names = new KeyNames('millrace')
const key = names.series('cpu')

describe('series in a Redis that others write to', () => {
  const harms: Record<string, (admin: Redis) => Promise<unknown>> = {
    'the series is a text': (admin) => admin.set(key, 'x'),
    'the series is a list': (admin) => admin.del(key).then(() => admin.rpush(key, 'x')),
    'the head is gone': (admin) => admin.hdel(key, ''),
    'the head is none': (admin) => admin.hset(key, '', 'epoch -1 x 1000 6 0 0'),
    'open buckets are none': (admin) => admin.hset(key, JSON.stringify(track), 'x'),
    'open buckets are of no time': (admin) => admin.hset(key, JSON.stringify(track), Buffer.alloc(6 * 64, 0xff)),
  }
  for (const [harm, apply] of Object.entries(harms)) {
    it(`[SER82] begins anew where ${harm}`, async () => {
      await using fixture = await openRedis()
      const { series, ...store } = await fixture.open()
      const { position } = await series.append('cpu', samplesUntilNow(900), plan)
      await apply(fixture.admin)
      expect(await readValues(series, 'cpu')).toEqual([])
      const after = await series.append('cpu', samplesUntilNow(2), plan)
      expect(after.position).toMatchObject({ version: 1 })
      expect(after.position.epoch).not.toBe(position.epoch)
      expect(await readValues(series, 'cpu')).toEqual([0, 1])
      expect(store.isReady()).toBe(true)
    })
  }

  it('[SER70] begins anew where its steps or rollups are others', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const query = { tracks: [track], from: 0, to: Number.MAX_SAFE_INTEGER, bucketMs: 1 }
    let { position } = await series.append('cpu', samplesUntilNow(10), plan)
    for (const other of [
      { ...plan, stepMs: 2_000 },
      { ...plan, retentionMs: 3_000_000 },
    ]) {
      expect((await series.read('cpu', query, other)).tracks).toEqual([new Float64Array()])
      const after = await series.append('cpu', samplesUntilNow(1), other)
      expect(after.position).toMatchObject({ version: 1 })
      expect(after.position.epoch).not.toBe(position.epoch)
      expect((await series.read('cpu', query, other)).tracks[0]).toHaveLength(2)
      position = after.position
    }
  })

  it('[SER82] begins anew where something else stands in the place of a chunk', async () => {
    await using fixture = await openRedis()
    const { series, ...store } = await fixture.open()
    const samples = samplesUntilNow(900)
    const { position } = await series.append('cpu', samples.slice(0, 899), plan)
    for (const chunk of await fixture.admin.keys(names.points('cpu', '*'))) {
      await fixture.admin.del(chunk)
      await fixture.admin.sadd(chunk, 'x')
    }
    expect(await readValues(series, 'cpu')).toEqual([898])
    const after = await series.append('cpu', [...samples.slice(899), { track, at: Date.now() + 2_000, value: 7 }], plan)
    expect(after.position.epoch).not.toBe(position.epoch)
    expect(await readValues(series, 'cpu')).toEqual([899, 7])
    expect(store.isReady()).toBe(true)
  })

  it('[SER82] steps past what is none in chunks', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open()
    const random = seededRandom(11)
    const samples = samplesUntilNow(600)
    await store.series.append('cpu', samples, plan)
    const chunks = await fixture.admin.keys(names.points('cpu', '*:1:*'))
    expect(chunks.length).toBeGreaterThan(0)
    const chunk = chunks[0] ?? ''
    const genuine = (await fixture.admin.getBuffer(chunk)) ?? Buffer.alloc(0)
    for (let round = 0; round < 150; round++) {
      await fixture.admin.set(chunk, random.integer(3) === 0 ? anyBytes(random) : mutate(random, genuine))
      const query = { tracks: [track], from: 0, to: Number.MAX_SAFE_INTEGER, bucketMs: 1 }
      const { tracks } = await store.series.read('cpu', query, plan)
      const numbers = [...(tracks[0] ?? [])]
      const times = numbers.filter((_, index) => index % 2 === 0)
      expect(numbers.every((number) => Number.isFinite(number))).toBe(true)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(numbers.slice(-2)).toEqual([samples.at(-1)?.at, 599])
    }
    await fixture.admin.set(chunk, genuine)
    expect(store.skipped).toBeGreaterThan(50)
    expect(await readValues(store.series, 'cpu')).toHaveLength(600)
  })

  it('[SER83] steps past ten thousand messages that are none', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open({ deadlineMs: 5_000, commandTimeoutMs: 2_000 })
    const heard: SeriesPosition[] = []
    await store.series.subscribe('cpu', { samples: (_, position) => heard.push(position) })
    const recorded: Buffer[] = []
    const listener = new Redis(fixture.server.url)
    listener.on('smessageBuffer', (_: Buffer, message: Buffer) => recorded.push(message))
    await listener.ssubscribe(names.live('cpu'))
    await store.series.append('cpu', samplesUntilNow(3), plan)
    await vi.waitFor(() => expect(recorded).toHaveLength(1))
    listener.disconnect()
    const genuine = recorded[0] as Buffer
    expect(decodeSamples(genuine.subarray(1))).toMatchObject({ position: { version: 1 } })
    const random = seededRandom(12)
    const sent = Array.from({ length: 10_000 }, () => {
      const kind = random.integer(3)
      if (kind === 0) return Buffer.concat([Buffer.from('t'), anyBytes(random)])
      if (kind === 1) return Buffer.concat([Buffer.from('tAAAAAAAAAAA 9 BBBBBBBBBBB 5\n["a"]'), anyBytes(random)])
      return Buffer.concat([Buffer.from('t'), mutate(random, genuine.subarray(1))])
    })
    const isNone = (message: Buffer) => decodeSamples(message.subarray(1)) === undefined
    for (let from = 0; from < sent.length; from += 500)
      await Promise.all(
        sent.slice(from, from + 500).map((message) => fixture.admin.spublish(names.live('cpu'), message)),
      )
    const { position } = await store.series.append('cpu', samplesUntilNow(1), plan)
    await store.probe()
    expect(heard.at(-1)).toEqual(position)
    expect(sent.filter(isNone).length).toBeGreaterThan(6_000)
    expect(store.skipped).toBe(sent.filter(isNone).length)
    expect(heard).toHaveLength(2 + sent.length - store.skipped)
    expect(store.isReady()).toBe(true)
  }, 30_000)

  it('[SER84] answers what was stored at the position, whatever is appended meanwhile', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const start = Date.now() - 40_000_000
    let version = 0
    let isReading = true
    const append = async (): Promise<void> => {
      // The value of a sample is the version that it makes.
      while (isReading) {
        version++
        await series.append('cpu', [{ track, at: start + version * 700, value: version }], plan)
      }
    }
    const appending = append()
    const query = { tracks: [track], from: 0, to: Number.MAX_SAFE_INTEGER, bucketMs: 1 }
    for (let round = 0; round < 150; round++) {
      const { position, tracks } = await series.read('cpu', query, plan)
      const values = [...(tracks[0] ?? [])].filter((_, index) => index % 2 === 1)
      expect(values).toEqual(Array.from({ length: position.version }, (_, index) => index + 1))
    }
    isReading = false
    await appending
    expect(version).toBeGreaterThan(100)
  })
})
