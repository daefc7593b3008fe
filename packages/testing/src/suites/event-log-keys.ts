import { expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendOf, readEntries } from './log-fixtures.ts'

const minuteMs = 60_000

export function describeLogKeys(createFixture: CreateStoreFixture): void {
  it('[STO4] answers a retry with the first position and stores nothing', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const heard: number[] = []
    await log.subscribe('lobby', { entries: (entries) => heard.push(...entries.map(({ offset }) => offset)) })
    const first = await log.append('lobby', appendOf('"a"', { key: 'k', from: 'ada' }))
    await log.append('lobby', appendOf('"b"'))
    fixture.clock.advance(1_000)
    const retry = await log.append('lobby', appendOf('"a"', { key: 'k', from: 'ada' }))
    expect(retry).toEqual({ ...first, duplicate: true })
    expect(await readEntries(log, 'lobby')).toHaveLength(2)
    await fixture.settle()
    expect(heard).toEqual([1, 2])
  })

  it('[STO4] knows a key whose first use is still under way', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const appends = await Promise.all(
      Array.from({ length: 3 }, () => log.append('lobby', appendOf('"a"', { key: 'k' }))),
    )
    expect(appends.map(({ duplicate }) => duplicate)).toEqual([false, true, true])
    expect(await readEntries(log, 'lobby')).toHaveLength(1)
  })

  it('[STO4] answers a retry whose entry is no longer retained', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const history = { maxEvents: 1, maxBytes: 1_000, ttlSeconds: 60 }
    const first = await log.append('lobby', appendOf('"a"', { key: 'k', history }))
    await log.append('lobby', appendOf('"b"', { history }))
    expect(await log.append('lobby', appendOf('"a"', { key: 'k', history }))).toEqual({ ...first, duplicate: true })
  })

  it('[STO5] scopes a key by room, name and publisher', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const scopes = [
      ['lobby', { from: null }],
      ['lobby', { from: '' }],
      ['lobby', { from: 'ada' }],
      ['lobby', { from: 'ad', key: 'ak' }],
      ['lobby', { from: 'ada', name: 'score' }],
      ['other', { from: 'ada' }],
      ['lobby', { from: 'ada', key: 'k\0' }],
      ['lobby', { from: 'ada\0k' }],
    ] as const
    for (const [room, rest] of scopes) {
      expect(await log.append(room, appendOf('1', { key: 'k', ...rest }))).toMatchObject({ duplicate: false })
    }
  })

  it('[STO6] refuses a known key with another payload', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const bytes = new TextEncoder().encode('"a"')
    await log.append('lobby', appendOf('"a"', { key: 'k' }))
    const others = [
      log.append('lobby', appendOf('"b"', { key: 'k' })),
      log.append('lobby', appendOf(bytes, { key: 'k' })),
    ]
    const after = log.append('lobby', appendOf('"c"', { key: 'k2' }))
    await Promise.all(others.map((other) => expect(other).rejects.toMatchObject({ code: 'INVALID_INPUT' })))
    expect(await after).toMatchObject({ position: { offset: 2 } })
  })

  it('[STO7] forgets a key 5 minutes after its first use', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const append = appendOf('1', { key: 'k' })
    await log.append('lobby', append)
    fixture.clock.advance(4 * minuteMs)
    expect(await log.append('lobby', append)).toMatchObject({ duplicate: true })
    fixture.clock.advance(minuteMs - 1)
    expect(await log.append('lobby', append)).toMatchObject({ duplicate: true })
    fixture.clock.advance(1)
    expect(await log.append('lobby', append)).toMatchObject({ duplicate: false, position: { offset: 2 } })
    fixture.clock.advance(5 * minuteMs - 1)
    expect(await log.append('lobby', append)).toMatchObject({ duplicate: true, position: { offset: 2 } })
  })
}
