import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { redis } from '../src/redis-store.ts'
import { startRedis } from '@millrace/testing/faults'
import { systemContext } from '@millrace/testing'

async function refusalOf(url: string): Promise<string> {
  const opening = redis({ url, deadlineMs: 2_000 }).open(systemContext())
  return opening.then(
    async (store) => {
      await store.close()
      return 'opened'
    },
    (error: unknown) => (error as Error).message,
  )
}

describe('opening Redis', () => {
  it('[RDS30] says in one sentence what is wrong', async () => {
    await using server = await startRedis(['--requirepass', 'right'])
    const at = `127.0.0.1:${server.port}`
    expect(await refusalOf(`redis://:right@${at}`)).toBe('opened')
    for (const [url, reason] of [
      [`redis://:secret@${at}`, 'WRONGPASS'],
      [`redis://${at}`, 'NOAUTH'],
      ['redis://:secret@127.0.0.1:1', 'ECONNREFUSED'],
    ] as const) {
      const message = await refusalOf(url)
      expect(message).toContain(reason)
      expect(message).toMatch(/^Redis at 127\.0\.0\.1:\d+ cannot be used \(.*\); check REDIS_URL/)
      expect(message).not.toContain('secret')
    }
  })

  it('[RDS30] says which right is missing', async () => {
    await using server = await startRedis()
    const admin = new Redis(server.url)
    await admin.call('ACL', 'SETUSER', 'reader', 'on', '>secret', '~*', '&*', '+@all', '-@write')
    await admin.call('ACL', 'SETUSER', 'mute', 'on', '>secret', '~*', 'resetchannels', '+@all')
    admin.disconnect()
    for (const user of ['reader', 'mute']) {
      expect(await refusalOf(`redis://${user}:secret@127.0.0.1:${server.port}`)).toMatch(/NOPERM.*user's rights/)
    }
  })

  it('[RDS31] warns of a Redis that may forget', async () => {
    await using server = await startRedis(['--maxmemory-policy', 'allkeys-lru'])
    const errors: unknown[] = []
    const store = await redis({ url: server.url }).open(systemContext((error) => errors.push(error)))
    await store.close()
    const message = 'Redis may drop keys when memory is short (allkeys-lru); set maxmemory-policy noeviction'
    expect(errors).toEqual([new Error(message)])
  })

  it('[RDS30] refuses a Redis without sharded channels', async () => {
    await using old = await startOldRedis()
    expect(await refusalOf(old.url)).toMatch(/^Redis 6 is too old .*run Redis 7/)
  })
})

/** Answers as a Redis 6 does. */
async function startOldRedis() {
  const { createServer } = await import('node:net')
  const info = '# Server\r\nredis_version:6.2.14\r\n'
  const server = createServer((socket) => {
    socket.on('data', (data) => {
      const commands = data.toString().match(/\r\n(info|client|command)\r\n/gi) ?? []
      for (const command of commands) {
        socket.write(/info/i.test(command) ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n')
      }
    })
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
