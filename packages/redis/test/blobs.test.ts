import { maxBlobs, type Blobs } from '@millrace/server'
import { seededRandom } from '@millrace/testing'
import { anyBytes, mutate } from '@millrace/testing/faults'
import { describe, expect, it } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { openRedis } from './fixtures/open-redis.ts'
import { slowProxy } from './fixtures/slow-proxy.ts'

const names = new KeyNames('millrace')
const [heads = '', bytesKey = ''] = names.blobs('page')
const foreign = { code: 'UNAVAILABLE', message: expect.stringMatching(/did not write; remove it, restore Redis/) }

function write(blobs: Blobs, name: string, text: string, room = 'page', replaces: string | null = null) {
  return blobs.write(room, { name, bytes: Buffer.from(text), replaces })
}

async function textOf(blobs: Blobs, name: string, room = 'page'): Promise<string> {
  return Buffer.from((await blobs.read(room, name))?.bytes ?? []).toString()
}

describe('kept bytes in Redis', () => {
  it("[KPT50] lie in their room's slot and never expire", async () => {
    await using fixture = await openRedis()
    const { log, blobs } = await fixture.open()
    await log.tails(['page'])
    await write(blobs, 'a', 'kept')
    const keys = [heads, bytesKey]
    expect(await Promise.all(keys.map((key) => fixture.admin.pttl(key)))).toEqual([-1, -1])
    for (const key of [...names.log('page'), ...keys]) expect(key).toContain(':{4:page}:')
    await blobs.remove('page', 'a')
    expect(await fixture.admin.exists(...keys)).toBe(0)
  })

  it('[KPT52] are readable and removable where Redis is out of memory, and a write leaves what was kept', async () => {
    await using fixture = await openRedis()
    const { blobs } = await fixture.open()
    const { revision } = await write(blobs, 'a', 'kept')
    await write(blobs, 'b', 'other')
    await fixture.admin.config('SET', 'maxmemory', '1')
    await expect(write(blobs, 'a', 'new', 'page', revision)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(await textOf(blobs, 'a')).toBe('kept')
    expect(await blobs.list('page', '')).toMatchObject([{ name: 'a', revision }, { name: 'b' }])
    expect(await blobs.remove('page', 'b')).toBe(true)
    await fixture.admin.config('SET', 'maxmemory', '0')
    expect(await write(blobs, 'a', 'new', 'page', revision)).toMatchObject({ isWritten: true })
  })

  it('[KPT53] may have been written or removed where the answer is lost, and are not read', async () => {
    await using fixture = await openRedis()
    await using proxy = await slowProxy(fixture.server.port)
    const { blobs } = await fixture.open({ url: proxy.url })
    await write(blobs, 'a', 'kept')
    await blobs.remove('page', 'none') // Redis knows the script from here on
    proxy.holdAnswers()
    const asked = [write(blobs, 'b', 'new'), blobs.remove('page', 'a'), blobs.read('page', 'a'), blobs.list('page', '')]
    const outcomes = await Promise.allSettled(asked)
    const unknown = { reason: { code: 'OUTCOME_UNKNOWN' } }
    const unavailable = { reason: { code: 'UNAVAILABLE' } }
    expect(outcomes).toMatchObject([unknown, unknown, unavailable, unavailable])
    expect(await fixture.admin.hkeys(heads)).toEqual(['b'])
  })
})

describe('a Redis that others write to', () => {
  const harms: Record<string, readonly string[]> = {
    'a line that is none': ['hset', heads, 'a', 'x'],
    'another length': ['hset', heads, 'a', 'AAAAAAAAAAA 1767225600000 5'],
    'bytes without a line': ['hdel', heads, 'a'],
    'a line without bytes': ['hdel', bytesKey, 'a'],
    'shorter bytes': ['hset', bytesKey, 'a', 'kep'],
  }
  for (const [harm, [command = '', ...args]] of Object.entries(harms)) {
    it(`[KPT51] refuses ${harm}, keeps it, and lets it be removed`, async () => {
      await using fixture = await openRedis()
      const store = await fixture.open()
      const { blobs } = store
      const { revision } = await write(blobs, 'a', 'kept')
      await write(blobs, 'b', 'other')
      await fixture.admin.call(command, ...args)
      const before = await fixture.admin.hgetall(bytesKey)
      await expect(blobs.read('page', 'a')).rejects.toMatchObject(foreign)
      for (const replaces of [null, revision])
        await expect(write(blobs, 'a', 'new', 'page', replaces)).rejects.toMatchObject(foreign)
      await expect(blobs.remove('page', 'a', revision ?? '')).rejects.toMatchObject(foreign)
      expect(await fixture.admin.hgetall(bytesKey)).toEqual(before)
      expect(store.skipped).toBe(4)
      expect(await textOf(blobs, 'b')).toBe('other')
      expect(await blobs.remove('page', 'a')).toBe(true)
      expect(await blobs.list('page', '')).toMatchObject([{ name: 'b' }])
      expect(await write(blobs, 'a', 'new')).toMatchObject({ isWritten: true })
    })
  }

  it('[KPT51] refuses keys of another type, more names than may be, and longer ones', async () => {
    await using fixture = await openRedis()
    const { blobs } = await fixture.open()
    await fixture.admin.set(names.blobs('one')[0] ?? '', 'x')
    await fixture.admin.set(names.blobs('two')[1] ?? '', 'x')
    for (const room of ['one', 'two']) {
      await expect(blobs.read(room, 'a')).rejects.toMatchObject(foreign)
      await expect(write(blobs, 'a', 'new', room)).rejects.toMatchObject(foreign)
      await expect(blobs.remove(room, 'a')).rejects.toMatchObject(foreign)
    }
    await expect(blobs.list('one', '')).rejects.toMatchObject(foreign)
    const line = 'AAAAAAAAAAA 1767225600000 1'
    const fields = Array.from({ length: maxBlobs + 1 }, (_, index) => [`n${index}`, line])
    await fixture.admin.hset(names.blobs('many')[0] ?? '', ...fields.flat())
    await fixture.admin.hset(names.blobs('long')[0] ?? '', 'a'.repeat(201), line)
    await fixture.admin.hset(names.blobs('text')[0] ?? '', 'a b', line)
    await fixture.admin.hset(names.blobs('line')[0] ?? '', 'a', '9'.repeat(59))
    for (const room of ['many', 'long', 'text', 'line'])
      await expect(blobs.list(room, '')).rejects.toMatchObject(foreign)
    await write(blobs, 'a', 'kept')
    expect(await textOf(blobs, 'a')).toBe('kept')
  })

  it('[KPT51] reads what was written or refuses, whatever 400 random and mutated lines and lengths stand there', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open({ deadlineMs: 5_000, commandTimeoutMs: 2_000 })
    const { blobs } = store
    const random = seededRandom(51)
    let refused = 0
    const harm = async (round: number): Promise<void> => {
      const room = `room${round}`
      const [headKey = '', contentKey = ''] = names.blobs(room)
      for (const name of ['a', 'b']) await write(blobs, name, 'kept', room)
      const line = Buffer.from((await fixture.admin.hget(headKey, 'a')) ?? '')
      const content = random.integer(3) === 0 ? anyBytes(random) : Buffer.from('kept')
      await fixture.admin.hset(headKey, 'a', random.integer(4) === 0 ? anyBytes(random) : mutate(random, line))
      await fixture.admin.hset(contentKey, 'a', content)
      const found = await blobs.read(room, 'a').catch((error: unknown) => {
        expect(error).toMatchObject(foreign)
        refused++
      })
      if (found) expect([found.byteLength, Buffer.from(found.bytes).equals(content)]).toEqual([content.length, true])
      expect(await textOf(blobs, 'b', room)).toBe('kept')
    }
    await Promise.all(Array.from({ length: 400 }, (_, round) => harm(round)))
    expect(refused).toBeGreaterThan(200)
    expect(store.skipped).toBe(refused)
    expect(store.isReady()).toBe(true)
  })
})
