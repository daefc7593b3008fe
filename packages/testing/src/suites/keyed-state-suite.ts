import { describe, expect, it } from 'vitest'
import type { KeyedState, StateChange, StateValue } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'

const dayMs = 86_400_000

function score(key: string, payload: StateValue['payload']): StateValue {
  return { name: 'score', key, payload }
}

async function writeAll(state: KeyedState, values: readonly StateValue[], room = 'game'): Promise<void> {
  for (const value of values) await state.write(room, value, 1_000)
}

/** Every rule of keyed state (docs/spec/storage.md) as tests of one implementation. */
export function keyedStateSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`keyed state: ${name}`, () => {
    it('[STO30] makes a version with an id of its own at each write', async () => {
      await using fixture = await createFixture()
      const { state } = await fixture.open()
      const values = [score('ada', '1'), score('ada', '1'), score('ada', null), score('bob', null)]
      const positions = await Promise.all(values.map((value) => state.write('game', value, 10)))
      expect(positions.map(({ version }) => version)).toEqual([1, 2, 3, 4])
      expect(new Set(positions.map(({ id }) => id)).size).toBe(4)
      expect(await state.read('game')).toEqual({ ...positions[3], kind: 'replace', values: [] })
    })

    it('[STO31] reads everything where the position is unknown', async () => {
      await using fixture = await createFixture()
      const { state } = await fixture.open()
      const empty = await state.read('game')
      expect(empty).toEqual({
        kind: 'replace',
        values: [],
        epoch: expect.stringMatching(/^[\w-]{11}$/),
        version: 0,
        id: '',
      })
      const bytes = Uint8Array.from([0, 255])
      await writeAll(state, [
        score('a\0', '1'),
        score('a', bytes),
        { name: 'rank', key: 'a', payload: '"x"' },
        score('a\0', '3'),
      ])
      const all = await state.read('game')
      expect(all).toMatchObject({ kind: 'replace', epoch: empty.epoch, version: 4 })
      expect(all.values).toEqual([score('a', bytes), { name: 'rank', key: 'a', payload: '"x"' }, score('a\0', '3')])
      for (const wrong of [{ epoch: 'other' }, { version: 5 }, { version: 3 }, { id: 'other' }]) {
        expect(await state.read('game', { ...all, ...wrong })).toEqual(all)
      }
    })

    it('[STO32] reads what changed since a known version', async () => {
      await using fixture = await createFixture()
      const { state } = await fixture.open()
      const start = await state.read('game')
      await writeAll(state, [score('a', '1'), score('b', '1'), score('c', '1')])
      const since = await state.read('game')
      await writeAll(state, [score('c', '2'), score('b', null), score('d', '1'), score('c', '3'), score('d', null)])
      const changed = await state.read('game', since)
      expect(changed).toMatchObject({
        kind: 'change',
        version: 8,
        values: [score('b', null), score('c', '3'), score('d', null)],
      })
      expect(await state.read('game', changed)).toEqual({ ...changed, values: [] })
      const fromStart = await state.read('game', start)
      expect(fromStart).toMatchObject({ kind: 'change', values: [score('a', '1'), ...changed.values] })
    })

    it('[STO33] knows the last maxStateChanges versions', async () => {
      await using fixture = await createFixture({ maxStateChanges: 3 })
      const { state } = await fixture.open()
      const first = await state.write('game', score('a', '1'), 10)
      await writeAll(state, [score('b', '2'), score('b', '3'), score('b', '4')])
      expect(await state.read('game', first)).toMatchObject({ kind: 'change', values: [score('b', '4')] })
      await writeAll(state, [score('b', '5')])
      expect(await state.read('game', first)).toMatchObject({
        kind: 'replace',
        values: [score('a', '1'), score('b', '5')],
      })
    })

    it('[STO34] refuses more than maxKeys keys', async () => {
      await using fixture = await createFixture()
      const { state } = await fixture.open()
      await state.write('game', score('a', '1'), 2)
      await state.write('game', score('b', '1'), 2)
      await expect(state.write('game', score('c', '1'), 2)).rejects.toMatchObject({ code: 'OVERLOADED' })
      expect(await state.read('game')).toMatchObject({ version: 2, values: [score('a', '1'), score('b', '1')] })
      await state.write('game', score('a', '2'), 2)
      await state.write('game', score('c', null), 2)
      await state.write('game', score('b', null), 2)
      await state.write('game', score('c', '1'), 2)
      expect((await state.read('game')).values).toEqual([score('a', '2'), score('c', '1')])
    })

    it('[STO35] tells subscribers of every later change with its version', async () => {
      await using fixture = await createFixture()
      const { state } = await fixture.open()
      const other = (await fixture.open()).state
      await writeAll(state, [score('a', '1')])
      const heard: StateChange[] = []
      const subscription = await other.subscribe('game', { changes: (changes) => heard.push(...changes) })
      const writes = ['2', null, '3'].map((payload) => state.write('game', score('a', payload), 10))
      const positions = await Promise.all(writes)
      await writeAll(state, [score('a', '1')], 'other')
      await fixture.settle()
      await subscription.close()
      await writeAll(state, [score('a', '4')])
      await fixture.settle()
      expect(heard).toEqual(
        ['2', null, '3'].map((payload, index) => ({ ...score('a', payload), position: positions[index] })),
      )
    })

    it('[STO36] forgets a room that is empty for 30 days', async () => {
      await using fixture = await createFixture()
      const { state } = await fixture.open()
      await writeAll(state, [score('a', '1')], 'kept')
      await writeAll(state, [score('a', '1'), score('a', null)], 'emptied')
      await writeAll(state, [score('a', '1'), score('a', null)], 'heard')
      await state.subscribe('heard', { changes: () => undefined })
      const rooms = ['kept', 'emptied', 'heard']
      const readEach = () => Promise.all(rooms.map((room) => state.read(room)))
      const before = await readEach()
      fixture.clock.advance(29 * dayMs)
      expect(await readEach()).toEqual(before)
      fixture.clock.advance(2 * dayMs)
      const [kept, emptied, heard] = await readEach()
      expect([kept, heard]).toEqual([before[0], before[2]])
      expect(emptied).toMatchObject({ version: 0, id: '' })
      expect(emptied?.epoch).not.toBe(before[1]?.epoch)
    })
  })
}
