import { defineContract, room, series } from '@millrace/contract'
import { implement, type Sample } from '@millrace/server'
import { startTestServer, type TestUser } from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { redis } from '../src/redis-store.ts'
import { butDiskWarning } from './fixtures/but-disk-warning.ts'
import { openRedis } from './fixtures/open-redis.ts'
import { plan } from './fixtures/series-samples.ts'

/** As long as a key may be, and six times that as JSON. */
const longKey = (index: number): string => `${index}`.padEnd(256, '\u0001')
const keys = Array.from({ length: 1_000 }, (_, index) => longKey(index))

describe('appends with long keys to a series in Redis', () => {
  it('[SER78] makes versions whose names take 128,000 bytes at most', async () => {
    await using fixture = await openRedis()
    const { series } = await fixture.open()
    const heard: Sample[][] = []
    await series.subscribe('cpu', { samples: (samples) => heard.push([...samples]) })
    const at = Date.now()
    const samples = keys.map((key, value) => ({ track: `value ${key}`, at, value }))
    const late = { track: `value ${longKey(3)}`, at: at - 1, value: 0 }
    const most = { ...plan, maxTracks: keys.length }
    const { position, refused } = await series.append('cpu', [...samples, late], most)
    expect(refused).toEqual([{ index: samples.length, why: 'backwards' }])
    await vi.waitFor(() => expect(heard.flat()).toEqual(samples))
    expect(heard).toHaveLength(position.version)
    for (const version of heard) {
      const names = version.reduce((bytes, { track }) => bytes + Buffer.byteLength(JSON.stringify(track)) + 1, 0)
      expect(names).toBeLessThanOrEqual(128_000)
    }
  })

  it('[SER88] refuses nobody for the keys of others', async () => {
    const weather = defineContract({
      namespace: '/weather',
      rooms: { station: room({ series: { air: series({ keys: z.string(), fields: ['celsius'] }) } }) },
    })
    await using fixture = await openRedis()
    const app = implement<typeof weather, TestUser>(weather, { rooms: { station: { authorize: () => true } } })
    const store = butDiskWarning(redis({ url: fixture.server.url }))
    await using site = await startTestServer({ implementations: [app], store })
    const air = site.server.room(weather, 'station', {}).series('air')
    const at = Date.now()
    const appended = [...keys.slice(0, 999), 'roof'].map((key, celsius) => air.append(key, at, { celsius }))
    expect((await Promise.allSettled(appended)).filter(({ status }) => status === 'rejected')).toEqual([])
    const station = site
      .client({ auth: { user: 'ada' } })
      .use(weather)
      .room('station')
    await station.join()
    const view = await station.series('air').view({ keys: ['roof', longKey(0)], last: 60_000, widthPx: 100 })
    expect([...view.points('roof', 'celsius').values]).toEqual([999])
    expect([...view.points(longKey(0), 'celsius').values]).toEqual([0])
    view.close()
  })
})
