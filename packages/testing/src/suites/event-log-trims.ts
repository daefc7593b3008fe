import { expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll, appendOf, faultsOf, readAll, readEntries, textsOf } from './log-fixtures.ts'

const dayMs = 86_400_000
const wide = { maxEvents: 1_000, maxBytes: 1_000_000, ttlSeconds: 86_400 }

export function describeLogTrims(createFixture: CreateStoreFixture): void {
  it('[STO9] keeps the newest maxEvents entries', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const history = { ...wide, maxEvents: 3 }
    await appendAll(log, 'lobby', ['a', 'b', 'c', 'd', 'e'], { history })
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual(['c', 'd', 'e'])
    await Promise.all(
      ['f', 'g', 'h', 'i'].map((text) => log.append('lobby', appendOf(JSON.stringify(text), { history }))),
    )
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual(['g', 'h', 'i'])
    await appendAll(log, 'lobby', ['j'], { history: { ...wide, maxEvents: 0 } })
    expect(await readAll(log, 'lobby')).toMatchObject({ entries: [], more: false, top: { offset: 10 } })
  })

  it('[STO10] keeps the newest maxBytes payload bytes', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const history = { ...wide, maxBytes: 10 }
    await appendAll(log, 'lobby', ['a', 'b', 'c', '\u20ac'], { history }) // 3, 3, 3 and 5 bytes
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual(['c', '\u20ac'])
    await log.append('lobby', appendOf(new Uint8Array(10), { history }))
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual([new Uint8Array(10)])
    await log.append('lobby', appendOf(new Uint8Array(11), { history }))
    expect(await readEntries(log, 'lobby')).toEqual([])
    await appendAll(log, 'lobby', ['d'], { history })
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual(['d'])
  })

  it('[STO11] keeps no entry older than ttlSeconds', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const history = { ...wide, ttlSeconds: 10 }
    await appendAll(log, 'lobby', ['a'], { history })
    fixture.clock.advance(4_000)
    await appendAll(log, 'lobby', ['b'], { history })
    fixture.clock.advance(5_999)
    await appendAll(log, 'lobby', ['c'], { history })
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual(['a', 'b', 'c'])
    fixture.clock.advance(1)
    await appendAll(log, 'lobby', ['d'], { history })
    expect(textsOf(await readEntries(log, 'lobby'))).toEqual(['b', 'c', 'd'])
  })

  it('[STO12] trims an idle room by age', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['a', 'b'], { history: { ...wide, ttlSeconds: 60 } })
    const [top] = await log.tails(['lobby'])
    fixture.clock.advance(11 * 60_000)
    expect(await readAll(log, 'lobby')).toMatchObject({ kind: 'page', entries: [], top })
  })

  it('[STO21] remembers epoch and top for 30 days after the last entry', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['a'], { history: wide })
    await appendAll(log, 'heard', ['a'], { history: wide })
    await log.subscribe('heard', { entries: () => undefined })
    const before = await log.tails(['lobby', 'heard', 'empty'])
    for (let day = 0; day < 29; day++) await passDay(fixture.clock, () => log.tails(['elsewhere']))
    expect(await log.tails(['lobby', 'heard', 'empty'])).toEqual(before)
    for (let day = 0; day < 4; day++) await passDay(fixture.clock, () => log.tails(['elsewhere']))
    const [lobby, heard, empty] = await log.tails(['lobby', 'heard', 'empty'])
    expect(heard).toEqual(before[1])
    expect(lobby).toMatchObject({ offset: 0, id: '' })
    expect(lobby?.epoch).not.toBe(before[0]?.epoch)
    expect(empty?.epoch).not.toBe(before[2]?.epoch)
  })

  it('[STO22] rewinds to an older copy', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['a'], { key: 'a' })
    await appendAll(log, 'lobby', ['b'], { key: 'b' })
    await appendAll(log, 'lobby', ['c'], { key: 'c' })
    const [a, b, c] = await readEntries(log, 'lobby')
    await faultsOf(log).rewind('lobby', 1)
    expect(await log.tails(['lobby'])).toEqual([{ epoch: a?.epoch, offset: 1, id: a?.id }])
    expect(await log.append('lobby', appendOf('"a"', { key: 'a' }))).toMatchObject({ duplicate: true })
    expect(await log.append('lobby', appendOf('"c"', { key: 'c' }))).toMatchObject({
      duplicate: false,
      position: { offset: 2 },
    })
    const [, again] = await readEntries(log, 'lobby')
    expect(again).toMatchObject({ epoch: a?.epoch, offset: 2, prev: a?.id })
    expect([b?.id, c?.id]).not.toContain(again?.id)
    expect(await readAll(log, 'lobby', { position: b ?? null })).toMatchObject({ kind: 'gap', reason: 'rewound' })
    expect(await readAll(log, 'lobby', { position: c ?? null })).toMatchObject({ kind: 'gap', reason: 'rewound' })
  })
}

/** The sweep of a store may take a turn of its own; `settle` is answered after it. */
async function passDay(clock: { advance(ms: number): void }, settle: () => Promise<unknown>): Promise<void> {
  clock.advance(dayMs)
  await settle()
}
