import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import type { RedisOptions } from '../src/index.ts'
import { redis } from '../src/redis-store.ts'
import { startRedis } from '@millrace/testing/faults'
import { systemContext } from '@millrace/testing'

/** What the opening said: its refusal, or `opened` and what was reported. */
async function saidOf(place: string | RedisOptions): Promise<readonly string[]> {
  const errors: string[] = []
  const options = typeof place === 'string' ? { url: place } : place
  const context = systemContext((error) => errors.push((error as Error).message))
  try {
    const store = await redis({ deadlineMs: 2_000, ...options }).open(context)
    await store.close()
  } catch (error) {
    return [(error as Error).message]
  }
  return ['opened', ...errors]
}

const forgetful = /keeps nothing on disk, so that a restart loses every history; set appendonly yes or save points$/

describe('opening Redis', () => {
  it('[RDS30] says in one sentence what is wrong', async () => {
    await using server = await startRedis(['--requirepass', 'right'])
    const at = `127.0.0.1:${server.port}`
    expect((await saidOf(`redis://:right@${at}`))[0]).toBe('opened')
    for (const [url, reason] of [
      [`redis://:secret@${at}`, 'WRONGPASS'],
      [`redis://${at}`, 'NOAUTH'],
      ['redis://:secret@127.0.0.1:1', 'ECONNREFUSED'],
    ] as const) {
      const [message = '', ...more] = await saidOf(url)
      expect(more).toEqual([])
      expect(message).toContain(reason)
      expect(message).toMatch(/^Redis at 127\.0\.0\.1:\d+ cannot be used \(.*\); check the address/)
      expect(message).not.toContain('secret')
    }
  })

  it('[RDS30] says which right is missing', async () => {
    await using server = await startRedis()
    const admin = new Redis(server.url)
    await admin.call('ACL', 'SETUSER', 'reader', 'on', '>secret', '~*', '&*', '+@all', '-@write')
    await admin.call('ACL', 'SETUSER', 'mute', 'on', '>secret', '~*', 'resetchannels', '+@all')
    await admin.call('ACL', 'SETUSER', 'blind', 'on', '>secret', '~*', '&*', '+@all', '-info')
    admin.disconnect()
    for (const user of ['reader', 'mute', 'blind']) {
      const said = await saidOf(`redis://${user}:secret@127.0.0.1:${server.port}`)
      expect(said.at(-1)).toMatch(/NOPERM.*user's rights/)
    }
  })

  it('[RDS30] says what is wrong with an address, and shows none of it', async () => {
    for (const [url, problem] of [
      ['', 'is no URL'],
      ['127.0.0.1:6379', 'is no URL'],
      ['http://user:secret@127.0.0.1', 'does not begin with redis://'],
      ['secret:redis@127.0.0.1', 'does not begin with redis://'],
      ['redis:///1', 'names no host'],
      ['redis://:secret@127.0.0.1/first', 'has a path that is no number'],
      ['redis://:secret%@127.0.0.1', 'lone %'],
      ['redis+sentinel://:secret@127.0.0.1', 'does not name Sentinels and a master'],
      ['redis+sentinel://:secret@127.0.0.1:x/main', 'address that is none'],
    ] as const) {
      const [message = ''] = await saidOf(url)
      expect(message).toContain(problem)
      expect(message).toMatch(/^The URL of Redis [^;]*; write redis:\/\//)
      expect(message).not.toContain('secret')
    }
    expect(await saidOf({ sentinels: [], name: 'main' })).toEqual([
      expect.stringContaining('need at least one address'),
    ])
  })

  it('[RDS31] warns of a Redis that may forget', async () => {
    await using server = await startRedis(['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'yes'])
    const problem = 'may drop keys when memory is short (allkeys-lru); set maxmemory-policy noeviction'
    expect(await saidOf(server.url)).toEqual(['opened', `Redis at 127.0.0.1:${server.port} ${problem}`])
  })

  it('[RDS32] warns of a Redis that keeps nothing on disk', async () => {
    await using server = await startRedis()
    expect(await saidOf(server.url)).toEqual(['opened', expect.stringMatching(forgetful)])
    const admin = new Redis(server.url)
    await admin.call('ACL', 'SETUSER', 'tenant', 'on', '>secret', '~*', '&*', '+@all', '-config')
    expect(await saidOf(`redis://tenant:secret@127.0.0.1:${server.port}`)).toEqual(['opened'])
    await admin.config('SET', 'save', '3600 1')
    expect(await saidOf(server.url)).toEqual(['opened'])
    admin.disconnect()
  })

  it('[RDS33] refuses a replica', async () => {
    await using server = await startRedis()
    const admin = new Redis(server.url)
    await admin.replicaof('127.0.0.1', '1')
    admin.disconnect()
    expect(await saidOf(server.url)).toEqual([
      expect.stringMatching(/is a replica, which takes no writes; give the address of the master/),
    ])
  })

  it('[RDS34] refuses a Redis without sharded channels', async () => {
    await using old = await startOldRedis()
    expect(await saidOf(old.url)).toEqual([expect.stringMatching(/is of version 6, .*run Redis 7/)])
    await using server = await startRedis(['--rename-command', 'SSUBSCRIBE', ''])
    expect(await saidOf(server.url)).toEqual([
      expect.stringMatching(/has no sharded channels on 127\.0\.0\.1:\d+ .*run Redis 7 or newer there/),
    ])
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
