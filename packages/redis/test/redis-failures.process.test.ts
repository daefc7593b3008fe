import type { MillraceError } from '@millrace/contract'
import { appendOf, readEntries } from '@millrace/testing'
import { describe, expect, it, vi } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { appendEntry } from '../src/lua/append-entry.ts'
import { openRedis } from './fixtures/open-redis.ts'
import { slowProxy } from './fixtures/slow-proxy.ts'

const everything = { direction: 'after', position: null, limit: 100, maxBytes: 1_000_000 } as const
const value = { name: 'score', key: 'a', payload: '1' }

/** Of operations that all fail. */
async function codesOf(operations: readonly unknown[]): Promise<unknown[]> {
  const outcomes = await Promise.allSettled(operations)
  return outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as MillraceError).code : 'done'))
}

describe('a Redis in trouble', () => {
  it('[RDS10] is unavailable where nothing could be sent', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { log, state, ...store } = await fixture.open({ url: proxy.url })
    await log.append('lobby', appendOf('1'))
    await proxy[Symbol.asyncDispose]()
    await vi.waitFor(() => expect(store.isReady()).toBe(false))
    const refused = [log.append('lobby', appendOf('2')), log.tails(['lobby']), state.write('lobby', value, 10)]
    expect(await codesOf(refused)).toEqual(refused.map(() => 'UNAVAILABLE'))
    expect(await fixture.admin.xlen('millrace:{5:lobby}:entries')).toBe(1)
  })

  it('[RDS11] has done nothing where it is out of memory', async () => {
    await using fixture = await openRedis()
    const { log, state, claims } = await fixture.open()
    await log.append('lobby', appendOf('1'))
    await fixture.admin.config('SET', 'maxmemory', '1')
    const refused = [
      log.append('lobby', appendOf('2', { key: 'k' })),
      log.append('lobby', appendOf('2')),
      state.write('lobby', value, 10),
      claims.claim('k', 4),
    ]
    expect(await codesOf(refused)).toEqual(refused.map(() => 'UNAVAILABLE'))
    expect(await readEntries(log, 'lobby')).toHaveLength(1)
    await fixture.admin.config('SET', 'maxmemory', '0')
    expect(await log.append('lobby', appendOf('2', { key: 'k' }))).toMatchObject({
      duplicate: false,
      position: { offset: 2 },
    })
    expect(await claims.claim('k', 4)).toEqual({ state: 'claimed' })
  })

  it('[RDS11] has done nothing where it may not write', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    await log.append('lobby', appendOf('1'))
    await fixture.admin.replicaof('127.0.0.1', '1')
    await expect(log.append('lobby', appendOf('2', { key: 'k' }))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await fixture.admin.replicaof('NO', 'ONE')
    expect(await log.append('lobby', appendOf('2', { key: 'k' }))).toMatchObject({
      duplicate: false,
      position: { offset: 2 },
    })
  })

  it('[RDS12, RDS13] says what cannot be known where answers are lost', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { log, state } = await fixture.open({ url: proxy.url })
    await log.append('lobby', appendOf('1'))
    proxy.holdAnswers()
    const unknown = [
      log.append('lobby', appendOf('2', { key: 'k' })),
      log.append('lobby', appendOf('3')),
      state.write('lobby', value, 10),
    ]
    const codes = await codesOf([...unknown, log.read('lobby', everything)])
    expect(codes).toEqual([...unknown.map(() => 'OUTCOME_UNKNOWN'), 'UNAVAILABLE'])
    expect(proxy.heldBytes).toBeGreaterThan(0)
    expect(await fixture.admin.xlen('millrace:{5:lobby}:entries')).toBe(3)
  })

  it('[RDS19] answers within the deadline, also where it passes during an attempt', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open({ deadlineMs: 1_000, commandTimeoutMs: 900 })
    fixture.server.freeze()
    const startMs = performance.now()
    await expect(log.append('lobby', appendOf('a', { key: 'k' }))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' })
    // An attempt that began at 900 ms and had all of its time would end after 1,800.
    expect(performance.now() - startMs).toBeLessThan(1_700)
    fixture.server.thaw()
  })

  it('[RDS12] sends a keyed append again, with one effect', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { log } = await fixture.open({ url: proxy.url, deadlineMs: 10_000 })
    await log.append('lobby', appendOf('1'))
    proxy.holdAnswers()
    const append = log.append('lobby', appendOf('2', { key: 'k' }))
    await vi.waitFor(() => expect(proxy.heldBytes).toBeGreaterThan(0))
    proxy.cut()
    expect(await append).toMatchObject({ duplicate: true, position: { offset: 2 } })
    expect(await readEntries(log, 'lobby')).toHaveLength(2)
  })

  it('[RDS14] goes on after its scripts were forgotten', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    await log.append('lobby', appendOf('1'))
    await fixture.admin.script('FLUSH')
    await log.append('lobby', appendOf('2'))
    expect(await readEntries(log, 'lobby')).toHaveLength(2)
  })

  it('[RDS15] takes no more than it may hold', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open({ maxPending: 2, maxPendingBytes: 2_000 })
    const [first, second, third] = ['1', '2', '3'].map((text) => log.append('lobby', appendOf(text)))
    await expect(third).rejects.toMatchObject({ code: 'OVERLOADED' })
    await Promise.all([first, second])
    const large = appendOf(JSON.stringify('x'.repeat(2_000)))
    await expect(log.append('lobby', large)).rejects.toMatchObject({ code: 'OVERLOADED' })
    expect(await readEntries(log, 'lobby')).toHaveLength(2)
  })

  it('[RDS16] does not keep a node from hearing itself', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { bus, ...store } = await fixture.open({ url: proxy.url })
    const heard: string[] = []
    await bus.subscribe('lobby', ({ head }) => heard.push(head))
    bus.publish('lobby', { head: '1', payload: '' })
    await store.probe()
    proxy.holdAnswers()
    bus.publish('lobby', { head: '2', payload: '' })
    expect(heard).toEqual(['1', '2'])
  })

  it('[RDS17] is listened to again after the subscriber was cut off', async () => {
    await using fixture = await openRedis()
    const { log, ...store } = await fixture.open()
    const heard: unknown[] = []
    await log.subscribe('lobby', { entries: (entries) => heard.push(...entries.map(({ payload }) => payload)) })
    const channel = 'millrace:{5:lobby}:live'
    expect(await fixture.admin.client('KILL', 'TYPE', 'pubsub')).toBe(1)
    await vi.waitFor(async () =>
      expect(await fixture.admin.call('PUBSUB', 'SHARDNUMSUB', channel)).toEqual([channel, 1]),
    )
    await log.append('lobby', appendOf('1'))
    await store.probe()
    expect(heard).toEqual(['1'])
  })

  it('[RDS18] delivers what was published while the subscriber was gone', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    const heard: number[] = []
    await log.subscribe('lobby', { entries: (entries) => heard.push(...entries.map(({ offset }) => offset)) })
    await log.append('lobby', appendOf('1'))
    await fixture.admin.client('KILL', 'TYPE', 'pubsub')
    expect(await fixture.admin.call('PUBSUB', 'SHARDCHANNELS')).toEqual([])
    await log.append('lobby', appendOf('2'))
    await vi.waitFor(() => expect(heard).toContain(2))
  })

  it('[RDS18] delivers what was lost on the way within 10 s', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    const heard: unknown[] = []
    await log.subscribe('lobby', { entries: (entries) => heard.push(...entries.map(({ payload }) => payload)) })
    const names = new KeyNames('millrace')
    const limits = ['100', '1000', '60000']
    const args = ['', 'AAAAAAAAAAA', '1000', 'BBBBBBBBBBB', '[null,null,"message"]', 't', '1', ...limits]
    await fixture.admin.eval(appendEntry.text, 3, ...names.log('lobby'), names.room('lobby', 'lost'), ...args)
    expect(heard).toEqual([])
    await vi.waitFor(() => expect(heard).toEqual(['1']), { timeout: 12_000 })
  })
})
