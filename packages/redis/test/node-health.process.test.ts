import { systemContext, appendOf } from '@millrace/testing'
import { startProcess, startTcpProxy } from '@millrace/testing/faults'
import { Redis } from 'ioredis'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { redis, type RedisStore } from '../src/redis-store.ts'
import { butDiskWarning } from './fixtures/but-disk-warning.ts'
import { deafProxy } from './fixtures/deaf-proxy.ts'
import { lostMessages } from './fixtures/lost-message.ts'
import { openRedis } from './fixtures/open-redis.ts'
import { startRedisCluster } from './fixtures/start-redis-cluster.ts'

const channel = 'millrace:{5:lobby}:live'

/** The promised times are asserted by a clock that is set by hand; these tests look at what happens. */
const quick = { idleMs: 300, deadlineMs: 2_000, compareMs: 60_000 }

async function hear({ log }: RedisStore): Promise<number[]> {
  const heard: number[] = []
  await log.subscribe('lobby', { entries: (entries) => heard.push(...entries.map(({ offset }) => offset)) })
  return heard
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a node that does not hear', () => {
  it('[RDS51, RDS52] finds a connection out that is half open, and delivers what it missed', async () => {
    await using fixture = await openRedis()
    await using proxy = await deafProxy(fixture.server.port)
    const opened = vi.spyOn(Redis.prototype, 'connect')
    const store = await fixture.open({ url: proxy.url })
    const clients = opened.mock.contexts.filter((client) => client instanceof Redis)
    const statuses = (): string[] => clients.map(({ status }) => status)
    const heard = await hear(store)
    await store.log.append('lobby', appendOf('1'))
    await vi.waitFor(() => expect(heard).toEqual([1]))
    const before = statuses()
    expect(before).toContain('ready')
    proxy.deafen()
    const deafMs = performance.now()
    await store.log.append('lobby', appendOf('2'))
    await vi.waitFor(() => expect(store.isReady()).toBe(false))
    expect([statuses(), heard]).toEqual([before, [1]])
    expect(proxy.droppedBytes).toBeGreaterThan(0)
    await vi.waitFor(() => expect([new Set(heard), store.isReady()]).toEqual([new Set([1, 2]), true]), 10_000)
    expect(performance.now() - deafMs).toBeLessThan(10_000)
    expect(statuses()).not.toEqual(before)
    await store.log.append('lobby', appendOf('3'))
    await vi.waitFor(() => expect(heard.at(-1)).toBe(3))
  })

  it('[RDS54] subscribes to what Redis refused as soon as it is allowed', async () => {
    await using fixture = await openRedis()
    const { admin } = fixture
    const rights = ['on', '>secret', '~*', '+@all']
    await admin.acl('SETUSER', 'node', ...rights, 'allchannels')
    const store = await fixture.open({
      url: `redis://node:secret@127.0.0.1:${fixture.server.port}`,
      health: { ...quick, idleMs: 2_000 },
    })
    const heard = await hear(store)
    // Probes pass, rooms do not. Redis breaks the connections whose rights were taken away.
    await admin.acl('SETUSER', 'node', 'resetchannels', '&millrace:{probe*')
    await vi.waitFor(() => expect(String(fixture.errors.at(-1))).toContain('NOPERM'))
    expect(await admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 0])
    expect(store.isReady()).toBe(false)
    await lostMessages(admin, 'lobby').entry('1')
    await admin.acl('SETUSER', 'node', 'allchannels')
    await vi.waitFor(() => expect([heard, store.isReady()]).toEqual([[1], true]))
    expect(await admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 1])
  })

  it('[RDS55] finds a subscription that ended without a word, and makes it again', async () => {
    await using fixture = await openRedis()
    await using proxy = await deafProxy(fixture.server.port)
    const store = await fixture.open({ url: proxy.url, health: { compareMs: 700 } })
    const heard = await hear(store)
    proxy.unsubscribe(channel)
    await vi.waitFor(async () =>
      expect(await fixture.admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 0]),
    )
    await store.log.append('lobby', appendOf('1'))
    await vi.waitFor(() => expect(heard).toEqual([1]))
    expect(proxy.droppedBytes).toBeGreaterThan(0)
    expect(await fixture.admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 1])
    expect(fixture.errors).toEqual([])
    await store.log.append('lobby', appendOf('2'))
    await vi.waitFor(() => expect(heard.at(-1)).toBe(2))
  })

  it('[RDS58, RDS52] hears again, and what it missed, after Redis was gone', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open()
    const heard = await hear(store)
    await store.log.append('lobby', appendOf('1'))
    await vi.waitFor(() => expect(heard).toEqual([1]))
    await lostMessages(fixture.admin, 'lobby').entry('2')
    await fixture.admin.save()
    fixture.admin.disconnect()
    await fixture.server.kill()
    await vi.waitFor(() => expect(store.isReady()).toBe(false))
    await fixture.server.restart()
    const backMs = performance.now()
    await vi.waitFor(() => expect([heard, store.isReady()]).toEqual([[1, 2], true]), 10_000)
    expect(performance.now() - backMs).toBeLessThan(10_000)
    await store.log.append('lobby', appendOf('3'))
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3]))
  })

  it('[RDS53] is probed on every master, also where it listens to no room', async () => {
    await using cluster = await startRedisCluster()
    const provider = butDiskWarning(redis({ url: cluster.url, health: quick }))
    const errors: unknown[] = []
    const store = await provider.open(systemContext((error) => errors.push(error)))
    const admins = cluster.ports.map((port) => new Redis(port))
    try {
      const published = async (): Promise<number[]> => {
        const stats = await Promise.all(admins.map((admin) => admin.info('commandstats')))
        return stats.map((text) => Number(/^cmdstat_spublish:calls=(\d+)/m.exec(text)?.[1] ?? 0))
      }
      const before = await published()
      expect(before.every((calls) => calls > 0)).toBe(true)
      await vi.waitFor(async () => {
        const now = await published()
        expect(now.every((calls, index) => calls > (before[index] ?? 0) + 1)).toBe(true)
      })
      expect([store.isReady(), errors]).toEqual([true, []])
    } finally {
      await store.close()
      for (const admin of admins) admin.disconnect()
    }
  })

  it('[RDS62] leaves neither timers nor connections behind once it is closed', async () => {
    await using fixture = await openRedis()
    const context = systemContext()
    const timers = new Set<object>()
    const after = (delayMs: number, run: () => void) => {
      const timer = {}
      timers.add(timer)
      const cancel = context.clock.after(delayMs, () => {
        timers.delete(timer)
        run()
      })
      return () => {
        timers.delete(timer)
        cancel()
      }
    }
    const store = await redis({ url: fixture.server.url }).open({ ...context, clock: { ...context.clock, after } })
    await hear(store)
    await fixture.admin.client('KILL', 'TYPE', 'pubsub')
    expect(timers.size).toBeGreaterThan(0)
    await store.close()
    expect(timers.size).toBe(0)
    await vi.waitFor(async () =>
      expect(
        String(await fixture.admin.client('LIST'))
          .trim()
          .split('\n'),
      ).toHaveLength(1),
    )
  })
})

describe('a node that was cut off from Redis', () => {
  it('[RDS56, RDS58] delivers again within 10 s, what it missed first, and is present again', async () => {
    await using fixture = await openRedis()
    await using proxy = await startTcpProxy(fixture.server.port)
    const store = await fixture.open({ url: `redis://127.0.0.1:${proxy.port}` })
    const other = await fixture.open()
    const heard = await hear(store)
    await store.presence.enter('lobby', { userId: 'own', metaId: 'm', owner: 'o', user: '{}', state: '{}' })
    await other.log.append('lobby', appendOf('1'))
    await vi.waitFor(() => expect(heard).toEqual([1]))
    proxy.drop()
    await vi.waitFor(() => expect(store.isReady()).toBe(false))
    await other.log.append('lobby', appendOf('2'))
    await expect(store.log.append('lobby', appendOf('refused'))).rejects.toThrow()
    await vi.waitFor(async () => expect(await other.presence.list('lobby')).toEqual([]), 20_000)
    expect([heard, proxy.counts.droppedBytes.toTarget > 0]).toEqual([[1], true])
    proxy.restore()
    const healedMs = performance.now()
    await vi.waitFor(() => expect([heard, store.isReady()]).toEqual([[1, 2], true]), 10_000)
    expect(performance.now() - healedMs).toBeLessThan(10_000)
    await vi.waitFor(async () =>
      expect((await other.presence.list('lobby')).map(({ userId }) => userId)).toEqual(['own']),
    )
    await other.log.append('lobby', appendOf('3'))
    await vi.waitFor(() => expect(heard).toEqual([1, 2, 3]))
  })
})

describe('a node that was frozen', () => {
  it('[RDS56] delivers what it missed before anything that arrives later, and is present again', async () => {
    await using fixture = await openRedis()
    const { admin } = fixture
    const lines: { entry?: number; isReady?: boolean; present?: string[]; entered?: string; left?: string }[] = []
    await using node = await startProcess({
      command: process.execPath,
      args: [
        '--conditions=@millrace/source',
        '--import',
        'tsx',
        new URL('fixtures/store-process.ts', import.meta.url).pathname,
      ],
      env: { REDIS_URL: fixture.server.url },
      isReady: (line) => line.includes('isListening'),
      onLine: (line) => lines.push(JSON.parse(line) as object),
    })
    const { log, presence } = await fixture.open()
    await log.append('lobby', appendOf('1'))
    await vi.waitFor(() => expect(lines).toContainEqual({ entry: 1, isReady: true }))
    await presence.enter('lobby', { userId: 'gone', metaId: 'm', owner: 'o', user: '{}', state: '{}' })
    await vi.waitFor(() => expect(lines).toContainEqual({ entered: 'gone' }))
    node.freeze()
    const frozenAt = lines.length
    // Lost to it for good, as where Redis gives up on a subscriber that does not read.
    await lostMessages(admin, 'lobby').entry('2')
    await log.append('lobby', appendOf('3'))
    await presence.leave('lobby', { userId: 'gone', metaId: 'm', owner: 'o' })
    await vi.waitFor(async () => expect(await presence.list('lobby')).toEqual([]), 20_000)
    expect(lines.slice(frozenAt)).toEqual([])
    node.thaw()
    await vi.waitFor(() => expect(lines.slice(frozenAt)).toContainEqual({ isReady: true }), 10_000)
    const heard = lines.slice(frozenAt).flatMap(({ entry }) => entry ?? [])
    expect(heard.slice(0, 2)).toEqual([2, 3])
    expect(lines.slice(frozenAt).find(({ entry }) => entry === 2)?.isReady).toBe(false)
    await vi.waitFor(async () => expect((await presence.list('lobby')).map(({ userId }) => userId)).toEqual(['own']))
    expect(lines.slice(frozenAt).flatMap(({ present }) => present ?? [])).not.toContain('gone')
  })
})
