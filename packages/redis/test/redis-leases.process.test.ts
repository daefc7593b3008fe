import type { PresenceMeta } from '@millrace/server'
import { manualClock, systemContext } from '@millrace/testing'
import { startTcpProxy } from '@millrace/testing/faults'
import { describe, expect, it, vi } from 'vitest'
import { redis } from '../src/redis-store.ts'
import { butDiskWarning } from './fixtures/but-disk-warning.ts'
import { openRedis } from './fixtures/open-redis.ts'

const patience = { timeout: 20_000 }

function metaOf(userId: string, owner = 'owner'): PresenceMeta {
  return { userId, metaId: 'm', owner, user: '{}', state: '{}' }
}

describe('leases in Redis', () => {
  it('[RDS20, RDS21] remove what a node without one had entered, and let it enter again', async () => {
    await using fixture = await openRedis()
    const lapsing = await fixture.open()
    const { presence } = await fixture.open()
    const heard: string[] = []
    await presence.subscribe('lobby', {
      entered: ({ userId, owner }) => heard.push(`+${userId} ${owner}`),
      left: (userId) => heard.push(`-${userId}`),
    })
    await lapsing.presence.enter('lobby', metaOf('ada'))
    await presence.enter('lobby', metaOf('cyd'))
    for (const key of await fixture.admin.keys('*lease')) await fixture.admin.del(key)
    await vi.waitFor(() => expect(heard).toContain('-ada'), patience)
    await vi.waitFor(() => expect(heard.filter((text) => text === '+ada owner')).toHaveLength(2), patience)
    await vi.waitFor(async () => expect(await presence.list('lobby')).toHaveLength(2), patience)
    await lapsing.presence.enter('lobby', metaOf('bob'))
    expect((await presence.list('lobby')).map(({ userId }) => userId).toSorted()).toEqual(['ada', 'bob', 'cyd'])
  })

  it('[RDS21] do not let a returning node push out whom another took over', async () => {
    await using fixture = await openRedis()
    const lapsing = await fixture.open()
    const [node = ''] = await fixture.admin.smembers('millrace:nodes')
    const { presence } = await fixture.open()
    await lapsing.presence.enter('lobby', metaOf('ada', 'old'))
    await lapsing.presence.enter('lobby', metaOf('bob', 'old'))
    await presence.enter('lobby', metaOf('ada', 'new'))
    expect(await fixture.admin.del(`millrace:{node ${node}}:lease`)).toBe(1)
    await vi.waitFor(async () => {
      const nodes = await fixture.admin.smembers('millrace:nodes')
      expect([nodes.length, nodes.includes(node)]).toEqual([2, false])
      const owners = (await presence.list('lobby')).map(({ userId, owner }) => `${userId} ${owner}`)
      expect(owners.toSorted()).toEqual(['ada new', 'bob old'])
    }, patience)
  })

  it('[RDS23] hold who is there, and nobody else, when Redis starts from an older snapshot', async () => {
    await using fixture = await openRedis(['--save', ''])
    const stores = await Promise.all([fixture.open(), fixture.open()])
    const [{ presence }] = stores
    const left: string[] = []
    for (const store of stores) {
      const listener = { entered: () => undefined, left: (userId: string) => void left.push(userId) }
      await store.presence.subscribe('lobby', { ...listener, missed: () => Promise.resolve() })
    }
    const enter = (at: number, userId: string, owner?: string) =>
      stores[at]!.presence.enter('lobby', metaOf(userId, owner))
    await enter(0, 'ada')
    await enter(0, 'bob')
    await enter(1, 'cyd')
    await enter(1, 'eve', 'old')
    expect(await fixture.admin.save()).toBe('OK')
    await presence.leave('lobby', metaOf('ada'))
    await stores[1].presence.leave('lobby', metaOf('cyd'))
    await enter(0, 'dan')
    await enter(1, 'eve', 'new')
    fixture.admin.on('error', () => undefined)
    await fixture.server.restart()
    const owners = async () => (await presence.list('lobby')).map(({ userId, owner }) => `${userId} ${owner}`)
    await vi.waitFor(
      async () => expect((await owners()).toSorted()).toEqual(['bob owner', 'dan owner', 'eve new']),
      patience,
    )
    // Each was heard to leave by both nodes, and once more since the snapshot held them.
    for (const userId of ['ada', 'cyd']) expect(left.filter((each) => each === userId).length).toBeGreaterThan(2)
    await stores[0].close()
    await vi.waitFor(async () => expect(await stores[1].presence.list('lobby')).toHaveLength(1), patience)
  })

  it('[RDS21, RDS58] let a node with many entries, far from Redis, enter again before its next lease lapses', async () => {
    await using fixture = await openRedis()
    await using proxy = await startTcpProxy(fixture.server.port)
    const store = await fixture.open({ url: `redis://127.0.0.1:${proxy.port}`, commandTimeoutMs: 2_000 })
    const users = Array.from({ length: 500 }, (_, n) => `user ${n}`)
    await Promise.all(users.map((userId) => store.presence.enter('lobby', metaOf(userId))))
    const [node = ''] = await fixture.admin.smembers('millrace:nodes')
    proxy.delay(20)
    await fixture.admin.del(`millrace:{node ${node}}:lease`)
    await vi.waitFor(
      async () => {
        const held = await fixture.admin.hvals('millrace:{5:lobby}:present')
        expect([held.length, held.filter((value) => value.startsWith(node)).length]).toEqual([500, 0])
        expect(store.isReady()).toBe(true)
      },
      { timeout: 10_000, interval: 200 },
    )
    proxy.restore()
  })

  it('[RDS20] let many rooms of a dead node be reaped together', async () => {
    await using fixture = await openRedis()
    await using proxy = await startTcpProxy(fixture.server.port)
    const dying = await fixture.open()
    await fixture.open({ url: `redis://127.0.0.1:${proxy.port}`, commandTimeoutMs: 2_000 })
    const rooms = Array.from({ length: 300 }, (_, n) => `room ${n}`)
    await Promise.all(rooms.map((room) => dying.presence.enter(room, metaOf('ada'))))
    proxy.delay(20)
    await dying.close({ isDrained: true })
    for (const key of await fixture.admin.keys('*lease')) await fixture.admin.expire(key, 60)
    const [node] = await fixture.admin.keys('*}:rooms')
    expect(await fixture.admin.del((node ?? '').replace('rooms', 'lease'))).toBe(1)
    const left = async () => (await fixture.admin.keys('*:present')).length
    await vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 10_000, interval: 200 })
    proxy.restore()
  })

  it('[RDS27] are kept by nodes on a Redis that is out of memory', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open({ deadlineMs: 10_000 })
    const [node] = await fixture.admin.smembers('millrace:nodes')
    await fixture.admin.config('SET', 'maxmemory', '1')
    const leftMs = () => fixture.admin.pttl(`millrace:{node ${node}}:lease`)
    // Renewed twice: the first renewal does not hold up the second.
    for (let renewal = 0; renewal < 2; renewal++) {
      await vi.waitFor(async () => expect(await leftMs()).toBeLessThan(8_000), { timeout: 4_000 })
      await vi.waitFor(async () => expect(await leftMs()).toBeGreaterThan(8_000), { timeout: 4_000 })
    }
    expect(store.isReady()).toBe(true)
  })

  it('[RDS20] remove, as soon as a node opens, what the last one of a cluster that drained had left', async () => {
    await using fixture = await openRedis()
    const last = await fixture.open()
    await last.presence.enter('lobby', metaOf('ada'))
    await last.close({ isDrained: true })
    expect(await fixture.admin.hlen('millrace:{5:lobby}:present')).toBe(1)
    for (const key of await fixture.admin.keys('*lease')) await fixture.admin.del(key)
    const clock = manualClock()
    const provider = butDiskWarning(redis({ url: fixture.server.url }))
    const store = await provider.open({ ...systemContext(() => undefined), clock })
    // Without time passing.
    await vi.waitFor(async () => expect(await store.presence.list('lobby')).toEqual([]))
    await store.close()
    const keys = await fixture.admin.keys('*')
    const lives = await Promise.all(keys.map((key) => fixture.admin.ttl(key)))
    expect(keys.filter((_, index) => lives[index] === -1)).toEqual([])
  })

  it('[RDS22] lose the claims of a node without one, for good', async () => {
    await using fixture = await openRedis()
    const lapsing = await fixture.open()
    const { claims } = await fixture.open()
    await lapsing.claims.claim('k', 4)
    expect(await claims.claim('k', 4)).toEqual({ state: 'running' })
    const claimant = await fixture.admin.hget((await fixture.admin.keys('*claim:*'))[0] ?? '', 'claimant')
    await fixture.admin.del(`millrace:{node ${claimant}}:lease`)
    expect(await claims.claim('k', 4)).toEqual({ state: 'lost' })
    await lapsing.claims.settle('k', '1')
    expect(await claims.claim('k', 4)).toEqual({ state: 'lost' })
  })
})
