import { expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll, appendOf, faultsOf, readAll, readEntries, textsOf } from './log-fixtures.ts'

export function describeLogReads(createFixture: CreateStoreFixture): void {
  it('[STO13] accepts a retained entry and the place just before the oldest one', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const start = (await log.tails(['lobby']))[0] ?? null
    await appendAll(log, 'lobby', ['a', 'b', 'c', 'd'])
    const all = await readEntries(log, 'lobby')
    expect(textsOf(await readEntries(log, 'lobby', { position: start }))).toEqual(['a', 'b', 'c', 'd'])
    await faultsOf(log).trim('lobby', 2)
    expect(textsOf(await readEntries(log, 'lobby', { position: all[1] ?? null }))).toEqual(['c', 'd'])
    expect(await readAll(log, 'lobby', { position: all[1] ?? null, direction: 'before' })).toMatchObject({
      entries: [],
      more: false,
    })
    await faultsOf(log).trim('lobby', 0)
    expect(await readEntries(log, 'lobby', { position: all[3] ?? null })).toEqual([])
    await appendAll(log, 'lobby', ['e'])
    expect(textsOf(await readEntries(log, 'lobby', { position: all[3] ?? null }))).toEqual(['e'])
  })

  it('[STO14] names the reason where the position is not part of the history', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['a', 'b', 'c', 'd'])
    await faultsOf(log).trim('lobby', 2)
    const [c, d] = await readEntries(log, 'lobby')
    if (c === undefined || d === undefined) throw new Error('two entries are retained')
    const top = { epoch: d.epoch, offset: 4, id: d.id }
    const floor = { epoch: d.epoch, offset: 2, id: c.prev }
    const gapAt = (change: object) => readAll(log, 'lobby', { position: { ...top, ...change } })
    expect(await gapAt({ epoch: 'another' })).toEqual({ kind: 'gap', reason: 'epoch', floor, top })
    expect(await gapAt({ offset: 1 })).toEqual({ kind: 'gap', reason: 'trimmed', floor, top })
    expect(await gapAt({ offset: 0, id: '' })).toEqual({ kind: 'gap', reason: 'trimmed', floor, top })
    expect(await gapAt({ offset: 5 })).toEqual({ kind: 'gap', reason: 'rewound', floor, top })
    expect(await gapAt({ id: c.id })).toEqual({ kind: 'gap', reason: 'rewound', floor, top })
    expect(await gapAt({ offset: 2, id: c.id })).toEqual({ kind: 'gap', reason: 'rewound', floor, top })
    await faultsOf(log).trim('lobby', 0)
    expect(await gapAt({ offset: 3, id: c.id })).toEqual({ kind: 'gap', reason: 'trimmed', floor: top, top })
  })

  it('[STO15] pages in both directions', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['a', 'b', 'c', 'd', 'e'])
    const position = (await readEntries(log, 'lobby'))[2] ?? null
    const texts = async (query: object) => textsOf(await readEntries(log, 'lobby', query))
    expect(await texts({ direction: 'after', position })).toEqual(['d', 'e'])
    expect(await texts({ direction: 'before', position })).toEqual(['a', 'b'])
    expect(await texts({ direction: 'before', position, limit: 1 })).toEqual(['b'])
    expect(await texts({ direction: 'before', limit: 2 })).toEqual(['d', 'e'])
    expect(await texts({ direction: 'after', limit: 2 })).toEqual(['a', 'b'])
  })

  it('[STO16] ends a page at its limits and says whether there is more', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'lobby', ['a', 'b', 'c', 'd', 'e']) // 3 bytes each
    const pageOf = async (query: object) => {
      const page = await readAll(log, 'lobby', query)
      return page.kind === 'page' && [textsOf(page.entries).join(''), page.more, page.top.offset]
    }
    expect(await pageOf({ limit: 4 })).toEqual(['abcd', true, 5])
    expect(await pageOf({ limit: 5 })).toEqual(['abcde', false, 5])
    expect(await pageOf({ maxBytes: 7 })).toEqual(['abc', true, 5])
    expect(await pageOf({ maxBytes: 6 })).toEqual(['ab', true, 5])
    expect(await pageOf({ maxBytes: 0 })).toEqual(['a', true, 5])
    expect(await pageOf({ maxBytes: 0, direction: 'before' })).toEqual(['e', true, 5])
    expect(await pageOf({ maxBytes: 15, direction: 'before' })).toEqual(['abcde', false, 5])
    expect(await pageOf({ limit: 0 })).toEqual(['', true, 5])
  })

  it('[STO17] gives back what was published', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const buffer = Uint8Array.from([9, 0, 255, 128, 9])
    const key = 'k\0 "\u{1f600}\ud800'
    await log.append('lobby', appendOf(JSON.stringify('\0 "\u{1f600}\ud800')))
    const append = log.append('lobby', appendOf(buffer.subarray(1, 4), { key, from: 'a\0b' }))
    buffer.fill(7)
    await append
    await log.append('lobby', appendOf(new Uint8Array(0)))
    await log.append('lobby', appendOf('"12"'))
    const entries = await readEntries(log, 'lobby')
    expect(textsOf(entries)).toEqual(['\0 "\u{1f600}\ud800', Uint8Array.from([0, 255, 128]), new Uint8Array(0), '12'])
    expect(entries[1]).toMatchObject({ key, from: 'a\0b' })
  })
}
