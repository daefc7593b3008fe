import { describe, expect, it } from 'vitest'
import type { CreateStoreFixture } from '../store-fixture.ts'
import { appendAll, appendOf, readEntries } from './log-fixtures.ts'

const minuteMs = 60_000
const overloaded = { code: 'OVERLOADED' }

/** The limits of stores that count what they remember (docs/spec/storage.md). */
export function storeLimitsSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`store limits: ${name}`, () => {
    it('[STO8] refuses new keys while it remembers maxKeys', async () => {
      await using fixture = await createFixture({ maxKeys: 2 })
      const { log } = await fixture.open()
      await appendAll(log, 'lobby', ['a'], { key: 'a' })
      fixture.clock.advance(minuteMs)
      await appendAll(log, 'other', ['b'], { key: 'b' })
      await expect(log.append('lobby', appendOf('"c"', { key: 'c' }))).rejects.toMatchObject(overloaded)
      expect(await log.append('lobby', appendOf('"a"', { key: 'a' }))).toMatchObject({ duplicate: true })
      await appendAll(log, 'lobby', ['d'])
      expect(await readEntries(log, 'lobby')).toHaveLength(2)
      fixture.clock.advance(4 * minuteMs)
      await appendAll(log, 'lobby', ['c'], { key: 'c' })
      await expect(log.append('lobby', appendOf('"e"', { key: 'e' }))).rejects.toMatchObject(overloaded)
    })

    it('[STO65] refuses more claims than maxKeys', async () => {
      await using fixture = await createFixture({ maxKeys: 2 })
      const { claims } = await fixture.open()
      await claims.claim('a', 4)
      await claims.claim('b', 4)
      await expect(async () => claims.claim('c', 4)).rejects.toMatchObject(overloaded)
      expect(await claims.claim('a', 4)).toEqual({ state: 'running' })
      await claims.release('a')
      expect(await claims.claim('c', 4)).toEqual({ state: 'claimed' })
      await expect(async () => claims.claim('a', 4)).rejects.toMatchObject(overloaded)
      fixture.clock.advance(5 * minuteMs)
      expect(await claims.claim('a', 4)).toEqual({ state: 'claimed' })
    })

    it('[STO66] drops the oldest answers above maxAnswerBytes', async () => {
      await using fixture = await createFixture({ maxAnswerBytes: 10 })
      const { claims } = await fixture.open()
      for (const key of ['a', 'b', 'c']) {
        await claims.claim(key, 4)
        await claims.settle(key, '12345')
      }
      const states = async (keys: string[]) => Promise.all(keys.map(async (key) => (await claims.claim(key, 4)).state))
      expect(await states(['a', 'b', 'c'])).toEqual(['lost', 'settled', 'settled'])
      await claims.claim('large', 4)
      await claims.settle('large', '12345678901')
      expect(await states(['b', 'c', 'large'])).toEqual(['lost', 'lost', 'lost'])
      fixture.clock.advance(5 * minuteMs)
      await claims.claim('e', 4)
      await claims.settle('e', '1234567890')
      expect(await states(['e'])).toEqual(['settled'])
    })

    it('[STO72] refuses more rooms than maxRooms', async () => {
      await using fixture = await createFixture({ maxRooms: 2 })
      const { log, state } = await fixture.open()
      const [first] = await log.tails(['a', 'b'])
      await expect(log.append('c', appendOf('1'))).rejects.toMatchObject(overloaded)
      await expect(log.tails(['c'])).rejects.toMatchObject(overloaded)
      expect(await log.append('a', appendOf('1'))).toMatchObject({ position: { epoch: first?.epoch, offset: 1 } })
      for (const room of ['c', 'd']) await state.read(room)
      await expect(state.read('a')).rejects.toMatchObject(overloaded)
      expect(await state.write('c', { name: 'score', key: 'a', payload: '1' }, 10)).toMatchObject({ version: 1 })
    })
  })
}
