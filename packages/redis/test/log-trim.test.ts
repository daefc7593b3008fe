import type { Position } from '@millrace/contract'
import { appendOf, readEntries } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { openRedis } from './fixtures/open-redis.ts'

const names = new KeyNames('millrace')
const [head = '', stream = ''] = names.log('page')
const endless = { maxEvents: Infinity, maxBytes: Infinity, ttlSeconds: Infinity }
const centuryMs = 100 * 365 * 86_400_000

describe('a history in Redis that its owner trims', () => {
  it('[KPT54] keeps entries, epoch and top for a century and more where it is endless', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    const livesMs = () => Promise.all([head, stream].map((key) => fixture.admin.pttl(key)))
    const { position } = await log.append('page', appendOf('1', { history: endless }))
    for (const leftMs of await livesMs()) expect(leftMs).toBeGreaterThan(centuryMs)
    await log.trim('page', position)
    expect(await readEntries(log, 'page')).toEqual([])
    for (const leftMs of await livesMs()) expect(leftMs).toBeGreaterThan(centuryMs)
    expect(await log.tails(['page'])).toEqual([position])
    expect(await fixture.admin.xlen(stream)).toBe(0)
    const next = await log.append('page', appendOf('2', { history: endless }))
    expect(next.position).toMatchObject({ epoch: position.epoch, offset: 2 })
    expect(await readEntries(log, 'page', { position })).toMatchObject([{ prev: position.id, payload: '2' }])
  })

  it('[KPT55] can be trimmed where Redis is out of memory', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    const positions: Position[] = []
    for (const text of ['1', '2', '3']) positions.push((await log.append('page', appendOf(text))).position)
    await fixture.admin.config('SET', 'maxmemory', '1')
    await log.trim('page', positions[1] as Position)
    expect(await readEntries(log, 'page')).toMatchObject([{ offset: 3, payload: '3' }])
  })

  it('[KPT57] is trimmed a thousand entries at a time where much goes and much stays', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open({ deadlineMs: 10_000, commandTimeoutMs: 2_000 })
    const appends = Array.from({ length: 2_400 }, () => log.append('page', appendOf('1', { history: endless })))
    const positions = (await Promise.all(appends)).map(({ position }) => position)
    const calls = async (): Promise<number> => {
      const stats = await fixture.admin.info('commandstats')
      return Number(/cmdstat_xtrim:calls=(\d+)/.exec(stats)?.[1] ?? 0)
    }
    await log.trim('page', positions[1_199] as Position)
    expect(await calls()).toBe(2)
    expect(await readEntries(log, 'page')).toHaveLength(1_200)
    await log.trim('page', positions[2_389] as Position)
    expect(await calls()).toBe(3)
    const entries = await readEntries(log, 'page', { position: positions[2_389] as Position })
    expect(entries.map(({ id }) => id)).toEqual(positions.slice(2_390).map(({ id }) => id))
  })

  for (const [kept, through] of [
    ['few', 180],
    ['many', 20],
  ] as const) {
    it(`[KPT56] knows the bytes of what is left where it is ${kept} of 200`, async () => {
      await using fixture = await openRedis()
      const { log } = await fixture.open()
      const sizes = Array.from({ length: 200 }, (_, index) => index + 1)
      const appended = await Promise.all(
        sizes.map((size) => log.append('page', appendOf('1'.repeat(size), { history: endless }))),
      )
      await log.trim('page', appended[through - 1]?.position as Position)
      const entries = await readEntries(log, 'page')
      expect(entries.map(({ offset }) => offset)).toEqual(sizes.slice(through))
      const [, , , floor, floorId, bytes, , oldestAt] = ((await fixture.admin.get(head)) ?? '').split(' ')
      const left = entries.reduce((sum, { payload }) => sum + payload.length, 0)
      expect([floor, floorId, bytes, oldestAt].map(String)).toEqual(
        [through, appended[through - 1]?.position.id, left, entries[0]?.at].map(String),
      )
    })

    it(`[KPT56] begins anew where one of those entries cannot be read and ${kept} are left`, async () => {
      await using fixture = await openRedis()
      const { log } = await fixture.open()
      const appended: Position[] = []
      for (let index = 0; index < 200; index++)
        appended.push((await log.append('page', appendOf('1', { history: endless }))).position)
      // Of the shorter side, which is read.
      const harmed = through === 180 ? '190-0' : '10-0'
      const rows = await fixture.admin.xrange(stream, '-', '+')
      await fixture.admin.del(stream)
      for (const [id, [, text = '']] of rows) await fixture.admin.xadd(stream, id, 'e', id === harmed ? 'poison' : text)
      await log.trim('page', appended[through - 1] as Position)
      const [top] = await log.tails(['page'])
      expect(top?.epoch).not.toBe(appended[0]?.epoch)
      expect(top?.offset).toBe(0)
    })
  }
})
