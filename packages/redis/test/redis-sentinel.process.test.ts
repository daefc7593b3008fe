import { appendOf, readEntries, systemContext } from '@millrace/testing'
import {
  askRedis,
  startRedis,
  startSentinels,
  startTcpProxy,
  untilRedisSays,
  type SentinelSet,
} from '@millrace/testing/faults'
import { describe, expect, it } from 'vitest'
import type { RedisOptions } from '../src/index.ts'
import { redis, type RedisStore } from '../src/redis-store.ts'
import { expectLaterOnes } from './fixtures/expect-later-ones.ts'
import { startTalk } from './fixtures/start-talk.ts'

async function openStore(options: RedisOptions): Promise<RedisStore & AsyncDisposable> {
  const store = await redis({ commandTimeoutMs: 1_000, ...options }).open(systemContext())
  return Object.assign(store, { [Symbol.asyncDispose]: () => store.close() })
}

/** Appends `n` with a key, as text of it. */
async function append({ log }: RedisStore, n: number): Promise<void> {
  await log.append('lobby', appendOf(`${n}`, { key: `k${n}` }))
}

describe('Redis behind Sentinels', () => {
  it('[RDS35, RDS33] is found by any of them, and only under its name', async () => {
    await using sentinels = await startSentinels()
    const [port = 0] = sentinels.ports
    await using byUrl = await openStore({ url: sentinels.url.replace('//', '//127.0.0.1:1,') })
    await append(byUrl, 1)
    const place = {
      sentinels: [
        { host: '127.0.0.1', port: 1 },
        { host: '127.0.0.1', port },
      ],
      name: 'main',
    }
    await using byName = await openStore(place)
    expect(await readEntries(byName.log, 'lobby')).toMatchObject([{ payload: '1' }])
    for (const [wrong, said] of [
      [{ ...place, name: 'other' }, /is unknown to that Sentinel; check the master's name/],
      [{ url: `redis://127.0.0.1:${port}` }, /is a Sentinel; write redis\+sentinel:/],
      [
        { url: 'redis+sentinel://:secret@127.0.0.1:1/main' },
        /^Redis "main" behind Sentinel at 127\.0\.0\.1:1 cannot be used \(failed to connect to sentinel.*\); check/,
      ],
    ] as const) {
      await expect(openStore(wrong)).rejects.toThrow(said)
    }
  })

  const losses = {
    'a planned failover': (sentinels: SentinelSet) => sentinels.failover(),
    'a killed master': async (sentinels: SentinelSet) => (await sentinels.master()).kill(),
    // As a host that vanishes: no connection to it ever ends.
    'a frozen master': async (sentinels: SentinelSet) => (await sentinels.master()).freeze(),
  }
  for (const [loss, lose] of Object.entries(losses)) {
    it(`[RDS80, RDS85] goes on after ${loss}`, async () => {
      await using sentinels = await startSentinels()
      await using talk = await startTalk({ url: sentinels.url })
      const before = await sentinels.master()
      for (let n = 1; n <= 20; n++) await talk.say()
      await sentinels.replicated()
      const losing = lose(sentinels)
      let last = 20
      // The old master may take some of these that its successor never sees.
      while ((await sentinels.master()) === before) last = await talk.say()
      await losing
      await expectLaterOnes(talk, last)
    })
  }

  it('[RDS81] writes to the successor what a demoted master refuses', async () => {
    await using master = await startRedis(['--repl-diskless-sync-delay', '0'])
    await using successor = await startRedis()
    // As an address that names another server from now on; the connection to the former one lives.
    await using address = await startTcpProxy(master.port)
    await using store = await openStore({ url: `redis://127.0.0.1:${address.port}` })
    await askRedis(successor.port, `REPLICAOF 127.0.0.1 ${master.port}`)
    await append(store, 1)
    await untilRedisSays(successor.port, 'INFO replication', /master_link_status:up/)
    await untilRedisSays(successor.port, 'XLEN millrace:{5:lobby}:entries', /^:1/)
    await askRedis(successor.port, 'REPLICAOF NO ONE')
    address.lead(successor.port)
    await askRedis(master.port, `REPLICAOF 127.0.0.1 ${successor.port}`)
    for (const n of [2, 3]) await append(store, n)
    expect(await askRedis(master.port, 'INFO errorstats')).toContain('errorstat_READONLY')
    expect(await askRedis(successor.port, 'XLEN millrace:{5:lobby}:entries')).toMatch(/^:3/)
  })
})
