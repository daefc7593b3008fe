import { defineContract } from '@millrace/contract'
import { implement } from '@millrace/server'
import { startTestCluster, type TestUser } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { describe, expect, it, vi } from 'vitest'
import { redis } from '../src/redis-store.ts'
import { openRedis } from './fixtures/open-redis.ts'

const desk = defineContract({ namespace: '/desk' })

describe('revocations on Redis', () => {
  it('[REV10, P9] reach the connections of every server within 1 s', async () => {
    await using server = await startRedis()
    await using cluster = await startTestCluster({
      implementations: [implement<typeof desk, TestUser>(desk, {})],
      store: redis({ url: server.url }),
      nodes: 2,
    })
    const connect = async (node: number, user: string) => {
      let signIns = 0
      const client = cluster.nodes[node]?.client({ auth: () => ({ user, attempt: ++signIns }) })
      client?.use(desk)
      await client?.connect()
      return { signIns: () => signIns, state: () => client?.state.state }
    }
    const ada = [await connect(0, 'ada'), await connect(1, 'ada')]
    const bob = await connect(1, 'bob')
    const connections = () => cluster.nodes.flatMap(({ server: node }) => node.connections(desk).map(({ id }) => id))
    const before = connections()
    const startMs = performance.now()
    await cluster.nodes[0]?.server.revoke('ada')
    await vi.waitFor(() => expect(connections().filter((id) => before.includes(id))).toHaveLength(1))
    expect(performance.now() - startMs).toBeLessThan(1_000)
    // The credentials are good: each client shows them once more, and is back.
    await vi.waitFor(() => {
      expect([...ada, bob].map(({ signIns }) => signIns())).toEqual([2, 2, 1])
      expect([...ada, bob].map(({ state }) => state())).toEqual(['connected', 'connected', 'connected'])
    }, 10_000)
  })

  it('[REV1] go on above the versions of a list that was lost', async () => {
    await using redisAt = await openRedis()
    const { revocations } = await redisAt.open()
    const first = await revocations.add('ada')
    await redisAt.admin.flushall()
    expect(await revocations.since(0)).toEqual({ version: 0, users: [], forgotten: 0 })
    const second = await revocations.add('bob')
    expect(second).toBeGreaterThan(first)
    expect(await revocations.since(first)).toEqual({
      version: second,
      users: [{ userId: 'bob', version: second }],
      forgotten: 0,
    })
  })

  it('[REV2, P10] are refused where the list is not what a store of this version writes', async () => {
    await using redisAt = await openRedis()
    const { revocations } = await redisAt.open()
    await redisAt.admin.hset('millrace:{revocations}:head', 'version', 'x')
    await expect(revocations.since(0)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await redisAt.admin.del('millrace:{revocations}:head')
    await redisAt.admin.zadd('millrace:{revocations}:users', '0.5', 'ada')
    await expect(revocations.since(0)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await redisAt.admin.flushall()
    expect(await revocations.since(0)).toMatchObject({ users: [] })
  })
})
