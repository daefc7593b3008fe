import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { describeLogKeys } from './event-log-keys.ts'
import { describeLogReads } from './event-log-reads.ts'
import { describeLogSubscribers } from './event-log-subscribers.ts'
import { describeLogTrims } from './event-log-trims.ts'
import { describeLogTrimmedThrough } from './log-trimmed-through.ts'
import { appendAll, appendOf, readEntries } from './log-fixtures.ts'

/** Every rule of the event log (docs/spec/storage.md) as tests of one implementation. */
export function eventLogSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`event log: ${name}`, () => {
    describeLogAppends(createFixture)
    describeLogKeys(createFixture)
    describeLogReads(createFixture)
    describeLogSubscribers(createFixture)
    describeLogTrims(createFixture)
    describeLogTrimmedThrough(createFixture)
  })
}

function describeLogAppends(createFixture: CreateStoreFixture): void {
  it('[STO1] numbers entries from 1 without holes and chains them by id', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((text) => log.append('lobby', appendOf(JSON.stringify(text)))),
    )
    const entries = await readEntries(log, 'lobby')
    expect(entries.map(({ offset }) => offset)).toEqual([1, 2, 3])
    expect(entries.map(({ prev }) => prev)).toEqual(['', entries[0]?.id, entries[1]?.id])
    expect(answers.map(({ position }) => position)).toEqual(
      entries.map(({ epoch, offset, id }) => ({ epoch, offset, id })),
    )
    expect(new Set(entries.map(({ epoch }) => epoch)).size).toBe(1)
  })

  it("[STO1] stamps the store's time and keeps name, key and publisher", async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    fixture.clock.advance(5)
    const answer = await log.append('lobby', appendOf('1', { name: 'message@2', key: 'k1', from: 'ada' }))
    expect(answer).toMatchObject({ at: fixture.clock.now(), duplicate: false })
    expect(await readEntries(log, 'lobby')).toMatchObject([
      { at: fixture.clock.now(), name: 'message@2', key: 'k1', from: 'ada' },
    ])
  })

  it('[STO2] draws an id for each append', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['same', 'same'])
    await appendAll(log, 'other', ['same'])
    const entries = [...(await readEntries(log, 'lobby')), ...(await readEntries(log, 'other'))]
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3)
    for (const { id } of entries) expect(id).toMatch(/^[\w-]{11}$/)
  })

  it('[STO3] gives a room without a history an epoch of its own', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const [first, second] = await log.tails(['lobby', 'other'])
    expect(first).toEqual({ epoch: expect.stringMatching(/^[\w-]{11}$/), offset: 0, id: '' })
    expect(second?.offset).toBe(0)
    expect(await log.tails(['lobby', 'lobby'])).toEqual([first, first])
    const { position } = await log.append('lobby', appendOf('1'))
    expect(position.epoch).toBe(first?.epoch)
    expect(await log.tails(['other', 'lobby'])).toEqual([second, position])
  })
}
