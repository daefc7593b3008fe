import { describe, expect, it } from 'vitest'
import type { Presence, PresenceMeta } from '@millrace/server'
import type { CreateStoreFixture } from '../store-fixture.ts'

function metaOf(userId: string, metaId: string, rest: Partial<PresenceMeta> = {}): PresenceMeta {
  return { userId, metaId, owner: 'connection-1', user: '{"name":"Ada"}', state: '{}', ...rest }
}

async function hear(presence: Presence, room: string) {
  const heard: string[] = []
  const subscription = await presence.subscribe(room, {
    entered: ({ userId, metaId, state }) => heard.push(`+${userId}/${metaId} ${state}`),
    left: (userId, metaId) => heard.push(`-${userId}/${metaId}`),
  })
  return { heard, subscription }
}

/** Every rule of presence (docs/spec/storage.md) as tests of one implementation. */
export function presenceSuite(name: string, createFixture: CreateStoreFixture): void {
  describe(`presence: ${name}`, () => {
    it('[STO40] adds and replaces the entry of a user and meta', async () => {
      await using fixture = await createFixture()
      const { presence } = await fixture.open()
      const other = (await fixture.open()).presence
      await presence.enter('lobby', metaOf('ada', 'phone'))
      await presence.enter('lobby', metaOf('ada', 'laptop'))
      await presence.enter('lobby', metaOf('adal', 'aptop'))
      await other.enter('lobby', metaOf('ada', 'phone', { state: '{"status":"away"}', owner: 'connection-2' }))
      const expected = [
        metaOf('ada', 'laptop'),
        metaOf('ada', 'phone', { state: '{"status":"away"}', owner: 'connection-2' }),
        metaOf('adal', 'aptop'),
      ]
      expect(sorted(await presence.list('lobby'))).toEqual(expected)
      expect(sorted(await other.list('lobby'))).toEqual(expected)
      expect(await presence.list('other')).toEqual([])
    })

    it('[STO41] leaves only for the owner', async () => {
      await using fixture = await createFixture()
      const { presence } = await fixture.open()
      const { heard } = await hear(presence, 'lobby')
      await presence.enter('lobby', metaOf('ada', 'phone', { owner: 'connection-1' }))
      await presence.enter('lobby', metaOf('ada', 'phone', { owner: 'connection-2' }))
      await presence.leave('lobby', metaOf('ada', 'phone', { owner: 'connection-1' }))
      await presence.leave('lobby', metaOf('bob', 'phone', { owner: 'connection-1' }))
      expect(await presence.list('lobby')).toHaveLength(1)
      await presence.leave('lobby', metaOf('ada', 'phone', { owner: 'connection-2' }))
      await presence.leave('lobby', metaOf('ada', 'phone', { owner: 'connection-2' }))
      expect(await presence.list('lobby')).toEqual([])
      await fixture.settle()
      expect(heard).toEqual(['+ada/phone {}', '+ada/phone {}', '-ada/phone'])
    })

    it('[STO42] tells the subscribers of every node', async () => {
      await using fixture = await createFixture()
      const { presence } = await fixture.open()
      const other = (await fixture.open()).presence
      const { heard, subscription } = await hear(other, 'lobby')
      await presence.enter('lobby', metaOf('ada', 'phone'))
      await presence.enter('elsewhere', metaOf('ada', 'phone'))
      await presence.leave('lobby', metaOf('ada', 'phone'))
      await fixture.settle()
      await subscription.close()
      await presence.enter('lobby', metaOf('ada', 'phone'))
      await fixture.settle()
      expect(heard).toEqual(['+ada/phone {}', '-ada/phone'])
    })

    it('[STO43] removes what a closing node entered', async () => {
      await using fixture = await createFixture()
      const leaving = await fixture.open()
      const { presence } = await fixture.open()
      await leaving.presence.enter('lobby', metaOf('ada', 'phone'))
      await leaving.presence.enter('lobby', metaOf('bob', 'phone'))
      await presence.enter('lobby', metaOf('bob', 'phone', { owner: 'connection-2' }))
      await presence.enter('lobby', metaOf('cyd', 'phone'))
      const { heard } = await hear(presence, 'lobby')
      await leaving.close()
      expect(sorted(await presence.list('lobby')).map(({ userId }) => userId)).toEqual(['bob', 'cyd'])
      await fixture.settle()
      expect(heard).toEqual(['-ada/phone'])
    })

    it('[DRN14] leaves what a drained node entered, for other nodes to take over', async () => {
      await using fixture = await createFixture()
      const drained = await fixture.open()
      const { presence } = await fixture.open()
      await drained.presence.enter('lobby', metaOf('ada', 'phone'))
      const { heard } = await hear(presence, 'lobby')
      await drained.close({ isDrained: true })
      expect((await presence.list('lobby')).map(({ userId }) => userId)).toEqual(['ada'])
      await presence.enter('lobby', metaOf('ada', 'phone', { owner: 'connection-2' }))
      await fixture.settle()
      expect(heard).toEqual(['+ada/phone {}'])
      await presence.leave('lobby', metaOf('ada', 'phone', { owner: 'connection-2' }))
      expect(await presence.list('lobby')).toEqual([])
    })
  })
}

function sorted(metas: readonly PresenceMeta[]): PresenceMeta[] {
  return metas.toSorted((a, b) => (`${a.userId} ${a.metaId}` < `${b.userId} ${b.metaId}` ? -1 : 1))
}
