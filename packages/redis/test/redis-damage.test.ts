import { appendOf, readEntries } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { KeyNames } from '../src/key-names.ts'
import { openRedis } from './fixtures/open-redis.ts'

const names = new KeyNames('millrace')
const [head = '', stream = ''] = names.log('lobby')
const everything = { direction: 'after', limit: 100, maxBytes: 1_000_000 } as const

describe('a Redis whose data was harmed', () => {
  const harms = {
    'its stream is gone': () => ['del', stream],
    'its stream is shorter': () => ['xtrim', stream, 'MAXLEN', '1'],
    'its stream is of another type': () => ['set', stream, 'x'],
    'its stream is ahead': (text: string) => ['set', head, text.replace(/ 3 (\S+) 0 /, ' 1 $1 1 ')],
    'its head is of another type': () => ['copy', stream, head, 'REPLACE'],
    'its head is incomplete': (text: string) => ['set', head, text.slice(0, text.lastIndexOf(' '))],
  }
  for (const [harm, commandFor] of Object.entries(harms)) {
    it(`[RDS2] begins a room anew where ${harm}`, async () => {
      await using fixture = await openRedis()
      const { log } = await fixture.open()
      for (const text of ['1', '2', '3']) await log.append('lobby', appendOf(text))
      const position = (await readEntries(log, 'lobby')).at(-1) ?? null
      const [name = '', ...args] = commandFor((await fixture.admin.get(head)) ?? '')
      await fixture.admin.call(name, ...args)
      const { position: next } = await log.append('lobby', appendOf('4'))
      expect(next).toMatchObject({ offset: 1 })
      expect(next.epoch).not.toBe(position?.epoch)
      expect(await log.read('lobby', { ...everything, position })).toMatchObject({ kind: 'gap', reason: 'epoch' })
      expect(await readEntries(log, 'lobby')).toMatchObject([{ offset: 1, payload: '4' }])
    })
  }

  it('[RDS3] answers one gap where an entry cannot be read', async () => {
    await using fixture = await openRedis()
    const { log, ...store } = await fixture.open()
    for (const text of ['1', '2']) await log.append('lobby', appendOf(text))
    const [first] = await readEntries(log, 'lobby')
    await fixture.admin.xdel(stream, '2-0')
    await fixture.admin.xadd(stream, '2-1', 'e', 'poison')
    const gap = await log.read('lobby', { ...everything, position: first ?? null })
    expect(gap).toMatchObject({ kind: 'gap', reason: 'epoch', top: { offset: 0 } })
    expect(gap.top.epoch).not.toBe(first?.epoch)
    await log.append('lobby', appendOf('3'))
    expect(await readEntries(log, 'lobby', { position: gap.top })).toMatchObject([{ offset: 1, payload: '3' }])
    expect(store.isReady()).toBe(true)
  })

  it('[RDS3] appends where the oldest entry cannot be read and must go', async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    const history = { maxEvents: 1, maxBytes: 1_000, ttlSeconds: 60 }
    await log.append('lobby', appendOf('1', { history }))
    await fixture.admin.xdel(stream, '1-0')
    await fixture.admin.xsetid(stream, '0-1')
    await fixture.admin.xadd(stream, '1-0', 'e', 'poison')
    const { position } = await log.append('lobby', appendOf('2', { history }))
    expect(position.offset).toBe(1)
    expect(await readEntries(log, 'lobby')).toMatchObject([{ ...position, payload: '2' }])
  })

  it('[RDS4] steps past messages that are none', async () => {
    await using fixture = await openRedis()
    const store = await fixture.open()
    const heard: string[] = []
    const hear = (...values: unknown[]): unknown => heard.push(...values.map(String))
    await store.log.subscribe('lobby', { entries: (entries) => hear(...entries.map(({ payload }) => payload)) })
    await store.state.subscribe('lobby', { changes: (changes) => hear(...changes.map(({ payload }) => payload)) })
    await store.presence.subscribe('lobby', { entered: ({ userId }) => hear(userId), left: hear })
    await store.bus.subscribe('lobby', ({ head }) => hear(head))
    const texts = ['', 'x', 'e', 'e1 2', 's', 'n', 'n+', 'n+[]', 'n-', 'p', 'b', '\u{1f600}', 'b 1\n', '["a"]', '\0']
    const counted = texts.flatMap((text) =>
      [names.live('lobby'), names.bus('lobby')].map((name) => [name, text] as const),
    )
    for (const [name, text] of counted) await fixture.admin.spublish(name, text)
    await store.log.append('lobby', appendOf('1'))
    await store.state.write('lobby', { name: 'score', key: 'a', payload: '2' }, 10)
    await store.presence.enter('lobby', { userId: 'ada', metaId: 'm', owner: 'o', user: '{}', state: '{}' })
    store.bus.publish('lobby', { head: 'head', payload: '' })
    await store.probe()
    expect(new Set(heard)).toEqual(new Set(['1', '2', 'ada', 'head']))
    expect(heard).toHaveLength(4)
    // A lone `p` is an unknown probe.
    expect(store.skipped).toBe(counted.length - 2)
  })

  it("[RDS5] lets Redis delete an idle room's stream", async () => {
    await using fixture = await openRedis()
    const { log } = await fixture.open()
    await log.append('lobby', appendOf('1', { history: { maxEvents: 1, maxBytes: 10, ttlSeconds: 60 } }))
    const leftMs = await fixture.admin.pttl(stream)
    expect(leftMs).toBeGreaterThan(60_000)
    expect(leftMs).toBeLessThanOrEqual(660_000)
  })
})
