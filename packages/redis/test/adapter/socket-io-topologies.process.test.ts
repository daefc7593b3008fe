import { startSentinels } from '@millrace/testing/faults'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startSocketIoNodes, type SocketIoNode } from '../fixtures/socket-io-nodes.ts'
import { startRedisCluster, type RedisCluster } from '../fixtures/start-redis-cluster.ts'
import { socketIoSuite } from './socket-io-suite.ts'

describe('[SIO8] server.io on a Redis Cluster', () => {
  let cluster: RedisCluster
  beforeAll(async () => {
    cluster = await startRedisCluster()
  })
  afterAll(() => cluster[Symbol.asyncDispose]())
  socketIoSuite(() => cluster.url)
})

describe('server.io behind Sentinel', () => {
  it('[SIO8, SIO30] follows the master', async () => {
    await using sentinels = await startSentinels()
    await using cluster = await startSocketIoNodes({ url: sentinels.url })
    const [first, second] = cluster.nodes as [SocketIoNode, SocketIoNode]
    const clients = [await first.connect(), await second.connect()]
    const untilHeard = (name: string): Promise<void> =>
      vi.waitFor(
        () => {
          for (const { io } of cluster.nodes) io.emit(name, io === first.io)
          for (const { heard } of clients) for (const by of [true, false]) expect(heard).toContainEqual([name, by])
        },
        { timeout: 15_000, interval: 100 },
      )
    await untilHeard('before')
    const before = await sentinels.master()
    await sentinels.failover()
    await before.kill()
    await untilHeard('after')
    expect(await first.io.fetchSockets()).toHaveLength(2)
  })
})
