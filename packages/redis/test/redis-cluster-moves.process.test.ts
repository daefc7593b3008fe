import { randomUUID } from 'node:crypto'
import { appendOf, readEntries, systemContext } from '@millrace/testing'
import { askRedis, untilRedisSays } from '@millrace/testing/faults'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { redis, type RedisStore } from '../src/redis-store.ts'
import { startRedisCluster, type RedisCluster } from './fixtures/start-redis-cluster.ts'

const names = new KeyNames('millrace')

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startRedisCluster({ hasReplica: true })
})
afterAll(() => cluster[Symbol.asyncDispose]())

async function openStore(deadlineMs = 10_000): Promise<RedisStore & AsyncDisposable> {
  const store = await redis({ url: cluster.url, deadlineMs, commandTimeoutMs: 1_000 }).open(systemContext())
  return Object.assign(store, { [Symbol.asyncDispose]: () => store.close() })
}

/** A room whose slot is one of these. */
async function roomIn(firstSlot: number, lastSlot: number): Promise<string> {
  for (;;) {
    const room = randomUUID()
    const slot = await cluster.slotOf(names.live(room))
    if (slot >= firstSlot && slot <= lastSlot) return room
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

async function append({ log }: RedisStore, room: string, n: number): Promise<void> {
  await log.append(room, appendOf(`${n}`, { key: `k${n}` }))
}

async function storedIn({ log }: RedisStore, room: string): Promise<number[]> {
  return (await readEntries(log, room)).map(({ payload }) => Number(payload))
}

async function listen({ log }: RedisStore, room: string): Promise<number[]> {
  const heard: number[] = []
  await log.subscribe(room, { entries: (entries) => heard.push(...entries.map(({ payload }) => Number(payload))) })
  return heard
}

// The tests go on where the one before left the cluster.
describe('a Redis Cluster that changes', () => {
  it('[RDS83] goes on while the slot of a room moves', async () => {
    const [first, second] = cluster.masters
    if (first === undefined || second === undefined) throw new Error('the cluster has no masters')
    const room = await roomIn(0, 5_460)
    await using one = await openStore()
    await using other = await openStore()
    const heard = await listen(other, room)
    let last = 0
    let isMoving = true
    const publishing = (async () => {
      while (isMoving) await append(one, room, ++last)
    })()
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(20), 5_000)
    const slot = await cluster.slotOf(names.live(room))
    await cluster.moveSlot(slot, first, second, () =>
      untilRedisSays(first.port, 'INFO errorstats', /errorstat_TRYAGAIN/),
    )
    isMoving = false
    await publishing
    const all = range(1, last + 20)
    for (const n of all.slice(last)) await append(one, room, n)
    expect(await storedIn(one, room)).toEqual(all)
    await vi.waitFor(() => expect(heard).toEqual(all), 12_000)
    expect(await askRedis(second.port, `XLEN ${names.log(room)[1]}`)).toMatch(/^:[1-9]/)
  })

  const losses = {
    'a planned failover': async () => void (await askRedis((await cluster.roles()).replica.port, 'CLUSTER FAILOVER')),
    'a killed master': async () => (await cluster.roles()).master.kill(),
  }
  for (const [loss, lose] of Object.entries(losses)) {
    it(`[RDS82] goes on after ${loss}`, async () => {
      const { replica } = await cluster.roles()
      const room = await roomIn(0, 5_460)
      await using one = await openStore()
      await using other = await openStore()
      const heard = await listen(other, room)
      for (const n of range(1, 20)) await append(one, room, n)
      await cluster.replicated()
      await lose()
      let last = 20
      for (let isOver = false; !isOver; isOver = (await askRedis(replica.port, 'ROLE')).includes('master')) {
        await append(one, room, ++last)
      }
      const later = range(last + 1, last + 20)
      for (const n of later) await append(one, room, n)
      const stored = await storedIn(one, room)
      expect(stored).toEqual(stored.toSorted((a, b) => a - b))
      expect(new Set(stored).size).toBe(stored.length)
      for (const n of [...range(1, 20), ...later]) expect(stored).toContain(n)
      await vi.waitFor(() => expect(heard.slice(-20)).toEqual(later), 12_000)
      await vi.waitFor(() => expect([one.isReady(), other.isReady()]).toEqual([true, true]), 10_000)
    })
  }

  it('[RDS84] says that nothing was done where no node could run it', async () => {
    const room = await roomIn(5_461, 10_922)
    await using store = await openStore(1_000)
    await append(store, room, 1)
    await cluster.masters[1]?.kill()
    const value = { name: 'score', key: 'a', payload: '1' }
    // The first one finds out that the connection is gone.
    for (const act of [() => store.log.tails([room]), () => store.state.write(room, value, 10)]) {
      await expect(act()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    }
    // The others sent it to the one that is gone.
    await untilRedisSays(cluster.ports[2] ?? 0, 'INFO errorstats', /errorstat_(MOVED|CLUSTERDOWN)/)
  })
})
