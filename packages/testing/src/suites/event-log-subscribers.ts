import { expect, it } from 'vitest'
import type { Entry, EventLog } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll, appendOf, readEntries, textsOf } from './log-fixtures.ts'

async function listen(log: EventLog, room: string) {
  const heard: Entry[] = []
  const subscription = await log.subscribe(room, { entries: (entries) => heard.push(...entries) })
  return { heard, subscription }
}

export function describeLogSubscribers(createFixture: CreateStoreFixture): void {
  it('[STO18] tells subscribers of every later entry in order, on every node', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const other = (await fixture.open()).log
    await appendAll(log, 'lobby', ['before'])
    const own = await listen(log, 'lobby')
    const far = await listen(other, 'lobby')
    const elsewhere = await listen(log, 'other')
    const texts = Array.from({ length: 20 }, (_, index) => index)
    await Promise.all(texts.map((text) => (text % 2 ? log : other).append('lobby', appendOf(`${text}`))))
    await appendAll(log, 'other', ['elsewhere'])
    await fixture.settle()
    const stored = (await readEntries(log, 'lobby')).slice(1)
    expect(own.heard).toEqual(stored)
    expect(far.heard).toEqual(stored)
    expect(stored.map(({ offset }) => offset)).toEqual(texts.map((text) => text + 2))
    expect(textsOf(elsewhere.heard)).toEqual(['elsewhere'])
  })

  it('[STO18] tells a closed subscription nothing', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const { heard, subscription } = await listen(log, 'lobby')
    const rest = await listen(log, 'lobby')
    await appendAll(log, 'lobby', ['a'])
    await fixture.settle()
    await subscription.close()
    await subscription.close()
    await appendAll(log, 'lobby', ['b'])
    await fixture.settle()
    expect(textsOf(heard)).toEqual(['a'])
    expect(textsOf(rest.heard)).toEqual(['a', 'b'])
  })

  it('[STO19] keeps the order where a subscriber appends', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const appends: Promise<unknown>[] = []
    await log.subscribe('lobby', {
      entries: (entries) => {
        if (entries[0]?.offset === 1) appends.push(log.append('lobby', appendOf('"b"')))
      },
    })
    const { heard } = await listen(log, 'lobby')
    await appendAll(log, 'lobby', ['a'])
    await fixture.settle()
    await Promise.all(appends)
    await fixture.settle()
    expect(textsOf(heard)).toEqual(['a', 'b'])
  })

  it('[STO20] reports a subscriber that throws', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const fault = new Error('listener')
    await log.subscribe('lobby', {
      entries() {
        throw fault
      },
    })
    const { heard } = await listen(log, 'lobby')
    await appendAll(log, 'lobby', ['a', 'b'])
    await fixture.settle()
    expect(textsOf(heard)).toEqual(['a', 'b'])
    expect(fixture.errors).toEqual([fault, fault])
  })
}
