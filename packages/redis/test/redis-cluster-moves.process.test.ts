import { randomUUID } from 'node:crypto'
import { appendOf, systemContext } from '@millrace/testing'
import { askRedis, untilRedisSays } from '@millrace/testing/faults'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { redis } from '../src/redis-store.ts'
import { expectLaterOnes } from './fixtures/expect-later-ones.ts'
import { plan, readValues, samplesUntilNow } from './fixtures/series-samples.ts'
import { startTalk, talkRoom } from './fixtures/start-talk.ts'
import { startRedisCluster, type RedisCluster } from './fixtures/start-redis-cluster.ts'

const names = new KeyNames('millrace')

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startRedisCluster({ hasReplica: true })
})
afterAll(() => cluster[Symbol.asyncDispose]())

/** The id of a room whose slot is one of these. */
async function idIn(firstSlot: number, lastSlot: number): Promise<string> {
  for (;;) {
    const id = randomUUID()
    const slot = await cluster.slotOf(names.live(talkRoom(id)))
    if (slot >= firstSlot && slot <= lastSlot) return id
  }
}

// The tests go on where the one before left the cluster.
describe('a Redis Cluster that changes', () => {
  it('[RDS83] goes on while the slot of a room moves', async () => {
    const [first, second] = cluster.masters
    if (first === undefined || second === undefined) throw new Error('the cluster has no masters')
    const id = await idIn(0, 5_460)
    await using talk = await startTalk({ url: cluster.url }, id)
    let last = 0
    let isMoving = true
    const talking = (async () => {
      while (isMoving) last = await talk.say()
    })()
    await vi.waitFor(() => expect(talk.heard.length).toBeGreaterThan(20))
    const slot = await cluster.slotOf(names.live(talkRoom(id)))
    await cluster.moveSlot(slot, first, second, () =>
      untilRedisSays(first.port, 'INFO errorstats', /errorstat_TRYAGAIN/),
    )
    isMoving = false
    await talking
    while (last < 60) last = await talk.say()
    for (let more = 0; more < 20; more++) last = await talk.say()
    const all = Array.from({ length: last }, (_, index) => index + 1)
    expect(await talk.stored()).toEqual(all)
    await vi.waitFor(() => expect(talk.heard).toEqual(all), 30_000)
    expect(talk.gaps).toEqual([])
    expect(await askRedis(second.port, `CLUSTER COUNTKEYSINSLOT ${slot}`)).toMatch(/^:[1-9]/)
  })

  it('[SER85] keeps a series while its slot moves', async () => {
    const [first, second] = cluster.masters
    if (first === undefined || second === undefined) throw new Error('the cluster has no masters')
    const name = talkRoom(await idIn(0, 5_460))
    const store = await redis({ url: cluster.url }).open(systemContext())
    const samples = samplesUntilNow(3_000)
    const { position } = await store.series.append(name, samples.slice(0, 2_000), plan)
    const slot = await cluster.slotOf(names.live(name))
    const calls: Promise<unknown>[] = []
    await cluster.moveSlot(slot, first, second, async () => {
      calls.push(store.series.append(name, samples.slice(2_000), plan), readValues(store.series, name))
      await untilRedisSays(first.port, 'INFO errorstats', /errorstat_TRYAGAIN/)
    })
    const [appended, meanwhile] = await Promise.all(calls)
    expect(appended).toEqual({ position: { ...position, version: 3 }, refused: [] })
    expect([2_000, 3_000]).toContain((meanwhile as number[]).length)
    expect(await readValues(store.series, name)).toEqual(samples.map(({ value }) => value))
    await store.close()
  })

  const losses = {
    'a planned failover': async () => void (await askRedis((await cluster.roles()).replica.port, 'CLUSTER FAILOVER')),
    'a killed master': async () => (await cluster.roles()).master.kill(),
  }
  for (const [loss, lose] of Object.entries(losses)) {
    it(`[RDS82] goes on after ${loss}`, async () => {
      const { replica } = await cluster.roles()
      await using talk = await startTalk({ url: cluster.url }, await idIn(0, 5_460))
      for (let n = 1; n <= 20; n++) await talk.say()
      await cluster.replicated()
      await lose()
      let last = 20
      for (let isOver = false; !isOver; isOver = (await askRedis(replica.port, 'ROLE')).includes('master')) {
        last = await talk.say()
      }
      await expectLaterOnes(talk, last)
    })
  }

  it('[RDS84] says that nothing was done where no node could run it', async () => {
    const room = talkRoom(await idIn(5_461, 10_922))
    const provider = redis({ url: cluster.url, deadlineMs: 1_000 })
    const store = await provider.open(systemContext())
    await store.log.append(room, appendOf('1'))
    await cluster.masters[1]?.kill()
    const value = { name: 'score', key: 'a', payload: '1' }
    // The first one finds out that the connection is gone.
    for (const act of [() => store.log.tails([room]), () => store.state.write(room, value, 10)]) {
      await expect(act()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    }
    await store.close()
    // The others sent it to the one that is gone.
    await untilRedisSays(cluster.ports[2] ?? 0, 'INFO errorstats', /errorstat_(MOVED|CLUSTERDOWN)/)
  })
})
