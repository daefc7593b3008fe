import { expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll, appendOf, faultsOf, readAll, readEntries, textsOf } from './log-fixtures.ts'
import { positionOf } from './log-model.ts'

/** A log whose owner says what may be forgotten. */
export function describeLogTrimmedThrough(createFixture: CreateStoreFixture): void {
  it('[KPT10] trims through a position: it stays known, earlier ones are trimmed, and appends go on', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const other = (await fixture.open()).log
    await appendAll(log, 'page', ['a', 'b', 'c', 'd'])
    const [a, b, c, d] = (await readEntries(log, 'page')).map(positionOf)
    await log.trim('page', b!)
    for (const each of [log, other]) {
      expect(textsOf(await readEntries(each, 'page'))).toEqual(['c', 'd'])
      expect(textsOf(await readEntries(each, 'page', { position: b! }))).toEqual(['c', 'd'])
      expect(textsOf(await readEntries(each, 'page', { position: d!, direction: 'before' }))).toEqual(['c'])
      expect(await readAll(each, 'page', { position: a! })).toEqual({
        kind: 'gap',
        reason: 'trimmed',
        floor: b,
        top: d,
      })
    }
    await appendAll(log, 'page', ['e'])
    const entries = await readEntries(log, 'page', { position: c! })
    expect(entries.map(({ offset, prev }) => ({ offset, prev }))).toEqual([
      { offset: 4, prev: c?.id },
      { offset: 5, prev: d?.id },
    ])
    await log.trim('page', positionOf(entries[1]!))
    expect(await readAll(log, 'page')).toMatchObject({ entries: [], more: false, top: positionOf(entries[1]!) })
    expect(await readAll(log, 'page', { position: d! })).toMatchObject({ reason: 'trimmed', floor: { offset: 5 } })
    expect(await readAll(log, 'page', { position: positionOf(entries[1]!) })).toMatchObject({ entries: [] })
    expect(await log.append('page', appendOf('"f"'))).toMatchObject({ position: { offset: 6 } })
    expect(textsOf(await readEntries(log, 'page'))).toEqual(['f'])
  })

  it('[KPT11] does nothing at a position that is not, or no longer, part of the history', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    await appendAll(log, 'page', ['a', 'b', 'c'])
    const [a, b, c] = (await readEntries(log, 'page')).map(positionOf)
    const wrong = [
      { epoch: 'other' },
      { id: 'other' },
      { offset: 3 },
      { offset: 4 },
      { offset: 0 },
      { offset: 0, id: '' },
    ]
    for (const forge of wrong) await log.trim('page', { ...b!, ...forge })
    expect(textsOf(await readEntries(log, 'page'))).toEqual(['a', 'b', 'c'])
    await log.trim('page', b!)
    await log.trim('page', a!)
    await log.trim('page', b!)
    expect(textsOf(await readEntries(log, 'page'))).toEqual(['c'])
    await faultsOf(log).rewind('page', 2)
    await appendAll(log, 'page', ['d'])
    await log.trim('page', c!)
    expect(textsOf(await readEntries(log, 'page'))).toEqual(['d'])
    const [empty] = await log.tails(['empty'])
    await log.trim('empty', empty!)
    expect(await log.tails(['empty'])).toEqual([empty])
  })

  it('[KPT12] remembers the keys of what was trimmed', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const first = await log.append('page', appendOf('"a"', { key: 'k' }))
    await log.trim('page', first.position)
    expect(await log.append('page', appendOf('"a"', { key: 'k' }))).toEqual({ ...first, duplicate: true })
    await expect(log.append('page', appendOf('"b"', { key: 'k' }))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    expect(await readEntries(log, 'page')).toEqual([])
  })

  it('[KPT13] counts no bytes of what was trimmed against the limits of the history', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const history = { maxEvents: 3, maxBytes: 9, ttlSeconds: 60 }
    await appendAll(log, 'page', ['a', 'b', 'c'], { history })
    const [, b] = (await readEntries(log, 'page')).map(positionOf)
    await log.trim('page', b!)
    await appendAll(log, 'page', ['d', 'e'], { history })
    expect(textsOf(await readEntries(log, 'page'))).toEqual(['c', 'd', 'e'])
  })

  it('[KPT10] tells nobody who listens', async () => {
    await using fixture = await createFixture()
    const { log } = await fixture.open()
    const heard: unknown[] = []
    await log.subscribe('page', { entries: (entries) => heard.push(...textsOf(entries)) })
    await appendAll(log, 'page', ['a', 'b'])
    await log.trim('page', positionOf((await readEntries(log, 'page'))[1]!))
    await appendAll(log, 'page', ['c'])
    await fixture.settle()
    expect(heard).toEqual(['a', 'b', 'c'])
  })
}
