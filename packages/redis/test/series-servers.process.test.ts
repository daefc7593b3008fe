import { defineContract, room, series } from '@millrace/contract'
import { implement } from '@millrace/server'
import { startTestCluster, type TestUser } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { redis } from '../src/redis-store.ts'
import { butDiskWarning } from './fixtures/but-disk-warning.ts'

const weather = defineContract({
  namespace: '/weather',
  rooms: {
    station: room({
      params: z.object({ id: z.string() }),
      series: { air: series({ keys: z.string(), fields: ['celsius'], stepMs: 100 }) },
    }),
  },
})

const app = implement<typeof weather, TestUser>(weather, { rooms: { station: { authorize: () => true } } })

describe('servers and series on one Redis', () => {
  it('[SER87] show on one node what is appended on another, also after Redis came back empty', async () => {
    await using server = await startRedis()
    const store = butDiskWarning(redis({ url: server.url, health: { compareMs: 500 } }))
    await using cluster = await startTestCluster({ implementations: [app], store, nodes: 2 })
    const [near, far] = cluster.nodes
    if (near === undefined || far === undefined) throw new Error('the cluster has too few nodes')
    const air = near.server.room(weather, 'station', { id: '1' }).series('air')
    const station = far
      .client({ auth: { user: 'ada' } })
      .use(weather)
      .room('station', { id: '1' })
    await station.join()
    let at = Date.now() - 20_000
    const append = async (celsius: number): Promise<void> => air.append('roof', (at += 100), { celsius })
    for (let celsius = 0; celsius < 20; celsius++) await append(celsius)
    const view = await station.series('air').view({ keys: ['roof'], last: 60_000, widthPx: 600, fps: 60 })
    const shown = (): number[] => [...(view.points('roof', 'celsius')?.values ?? [])]
    const upTo = (count: number): number[] => Array.from({ length: count }, (_, celsius) => celsius)
    expect(shown()).toEqual(upTo(20))
    for (let celsius = 20; celsius < 60; celsius++) await append(celsius)
    await vi.waitFor(() => expect(shown()).toEqual(upTo(60)))
    await server.restart({ isEmpty: true })
    await append(100)
    await append(101)
    await vi.waitFor(() => expect(shown()).toEqual([100, 101]), 20_000)
    view.close()
  })
})
