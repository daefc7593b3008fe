import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll, appendOf, readEntries, textsOf } from './log-fixtures.ts'

const value = { name: 'score', key: 'a', payload: '1' }

/** The rules of a whole store (docs/spec/storage.md): what nodes share, what remains, and how it closes. */
export function storeSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`store: ${name}`, () => {
    it('[STO70] keeps its data while nobody has it open', async () => {
      await using fixture = await createFixture()
      const first = await fixture.open()
      const second = await fixture.open()
      await appendAll(first.log, 'lobby', ['a'], { key: 'k' })
      await second.state.write('lobby', value, 10)
      await second.claims.claim('k', 4)
      await second.claims.settle('k', '1')
      await second.claims.claim('open', 4)
      await first.close()
      expect(textsOf(await readEntries(second.log, 'lobby'))).toEqual(['a'])
      const entries = await readEntries(second.log, 'lobby')
      const state = await second.state.read('lobby')
      await second.close()
      const third = await fixture.open()
      expect(await readEntries(third.log, 'lobby')).toEqual(entries)
      expect(await third.log.append('lobby', appendOf('"a"', { key: 'k' }))).toMatchObject({ duplicate: true })
      expect(await third.state.read('lobby')).toEqual(state)
      expect(await third.claims.claim('k', 4)).toEqual({ state: 'settled', answer: '1' })
      expect(await third.claims.claim('open', 4)).toEqual({ state: 'lost' })
      await appendAll(third.log, 'lobby', ['b'])
      expect((await readEntries(third.log, 'lobby'))[1]).toMatchObject({ offset: 2, prev: entries[0]?.id })
    })

    it('[STO71] refuses everything once closed', async () => {
      await using fixture = await createFixture()
      const store = await fixture.open()
      const other = await fixture.open()
      const heard: unknown[] = []
      await store.log.subscribe('lobby', { entries: (entries) => heard.push(entries) })
      expect(store.isReady()).toBe(true)
      await store.close()
      await store.close()
      await appendAll(other.log, 'lobby', ['a'])
      await fixture.settle()
      expect(heard).toEqual([])
      expect([store.isReady(), other.isReady()]).toEqual([false, true])
      const through = { epoch: 'AAAAAAAAAAA', offset: 1, id: 'AAAAAAAAAAA' }
      const refused = [
        store.log.append('lobby', appendOf('1')),
        store.log.read('lobby', { direction: 'after', position: null, limit: 1, maxBytes: 1 }),
        store.log.tails(['lobby']),
        store.log.trim('lobby', through),
        store.log.subscribe('lobby', { entries: () => undefined }),
        store.state.write('lobby', value, 10),
        store.state.read('lobby'),
        store.blobs.list('lobby', ''),
        store.blobs.read('lobby', 'a'),
        store.blobs.write('lobby', { name: 'a', bytes: new Uint8Array(1), replaces: null }),
        store.blobs.remove('lobby', 'a'),
        (async () => store.claims.claim('k', 4))(),
        (async () => store.claims.settle('k', '1'))(),
        store.presence.list('lobby'),
        store.bus.subscribe('lobby', () => undefined),
      ]
      await Promise.all(refused.map((refusal) => expect(refusal).rejects.toMatchObject({ code: 'UNAVAILABLE' })))
    })
  })
}
