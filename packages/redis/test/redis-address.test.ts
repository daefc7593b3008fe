import { describe, expect, it } from 'vitest'
import { readAddress } from '../src/redis-address.ts'

describe('the address of Redis', () => {
  it('[RDS35] means the same as URL and as parts', () => {
    const sentinels = [{ host: 'one', port: 1 }, { host: 'two' }, { host: '::1', port: 3 }]
    const parts = {
      sentinels,
      name: 'main',
      username: 'ada',
      password: 'p@ss',
      sentinelPassword: 'se&cret',
      database: 2,
    }
    const url = 'redis+sentinel://ada:p%40ss@one:1,two,[::1]:3/main/2?sentinelPassword=se%26cret'
    const client = {
      sentinels: [
        { host: 'one', port: 1 },
        { host: 'two', port: 26_379 },
        { host: '::1', port: 3 },
      ],
      name: 'main',
      username: 'ada',
      password: 'p@ss',
      sentinelPassword: 'se&cret',
      db: 2,
    }
    expect(readAddress(parts).client).toEqual(client)
    expect(readAddress({ url }).client).toEqual(client)
    const tls = { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }
    expect(readAddress({ ...parts, tls: true }).client).toEqual({ ...client, ...tls })
    expect(readAddress({ url: url.replace('redis+', 'rediss+') }).client).toEqual({ ...client, ...tls })
    for (const address of [readAddress(parts), readAddress({ url })]) {
      expect(address.label).toBe('Redis "main" behind Sentinel at one:1, two:26379, ::1:3')
    }
  })

  it('[RDS30] is shown without its secrets', () => {
    expect(readAddress({ url: 'rediss://ada:p%40ss@example.com/3' })).toEqual({
      label: 'Redis at example.com:6379',
      client: { host: 'example.com', port: 6379, username: 'ada', password: 'p@ss', tls: {}, db: 3 },
    })
    expect(readAddress({ url: 'redis://[::1]:7000' })).toEqual({
      label: 'Redis at [::1]:7000',
      client: { host: '::1', port: 7000, db: 0 },
    })
  })
})
