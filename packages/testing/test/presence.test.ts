import { describe, expect, it } from 'vitest'
import type { WirePresence } from '@millrace/contract'
import { askNow, rawClient } from './support/raw-client.ts'
import { openScene } from './support/scene.ts'
import { enter, joinedOf, joinPresent, present } from './support/watcher.ts'

describe('presence', () => {
  it('[PRE1, PRE2, PRE3] shows who is there: one member per user, one meta per connection', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    expect(ada.room.presence.members()).toEqual([
      { id: 'ada', user: { name: 'ada' }, metas: [{ id: expect.any(String), state: { status: 'active' } }] },
    ])
    const bob = await enter(scene, 'bob', 'away')
    const twin = await enter(scene, 'bob', 'active')
    expect([ada.changes, present(bob), ada.room.presence.count]).toEqual([['+bob', '+bob'], ['ada', 'bob'], 2])
    expect(ada.room.presence.members()[1]?.metas.map(({ state }) => state.status)).toEqual(['away', 'active'])
    const left = twin.room.leave()
    await scene.pair.flush()
    await left
    expect([ada.changes.length, ada.room.presence.members()[1]?.metas]).toEqual([
      3,
      [expect.objectContaining({ state: { status: 'away' } })],
    ])
    void bob.room.leave()
    await scene.pair.flush()
    expect([ada.changes.at(-1), present(ada)]).toEqual(['-bob', ['ada']])
  })

  it('[PRE3, P10] a client decides its state only, and only what the schema allows', async () => {
    await using scene = await openScene()
    const client = await rawClient(scene.pair, 'ada')
    const joined = joinedOf(await askNow(scene.pair, client, '~join', { ...joinPresent, user: { name: 'root' } }))
    expect(joined?.presence?.members[0]?.user).toEqual({ name: 'ada' })
    for (const state of [{ status: 7 }, undefined, 'away']) {
      expect(await askNow(scene.pair, client, '~presence', { room: joined?.room, state })).toMatchObject({
        ok: false,
        error: { code: 'INVALID_INPUT' },
      })
    }
    const other = await rawClient(scene.pair, 'bob')
    expect(await askNow(scene.pair, other, '~join', { ...joinPresent, presence: undefined })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    })
  })

  it('[PRE8] several states in one tick reach members as the newest', async () => {
    await using scene = await openScene()
    const client = await rawClient(scene.pair, 'ada')
    await askNow(scene.pair, client, '~join', joinPresent)
    const bob = await rawClient(scene.pair, 'bob')
    const room = joinedOf(await askNow(scene.pair, bob, '~join', joinPresent))?.room
    client.got.length = 0
    for (const status of ['a', 'b', 'c']) void bob.ask('~presence', { room, state: { status } })
    for (let packet = 0; packet < 3; packet++) scene.pair.deliver()
    await scene.pair.flush()
    const told = client.got
      .filter(([name]) => name === '~presence')
      .map(([, update]) => (update as WirePresence).members[0]?.metas[0]?.state)
    expect(told).toEqual([{ status: 'c' }])
  })

  it('[PRE9] above 200 users tells the count, who left, and everyone again once there are 200', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const crowd = []
    for (let n = 1; n < 200; n++) {
      const client = await rawClient(scene.pair, `user ${n}`)
      await askNow(scene.pair, client, '~join', joinPresent)
      crowd.push(client)
    }
    expect([present(ada).length, ada.room.presence.count]).toEqual([200, 200])
    const last = await rawClient(scene.pair, 'user 200')
    const joined = joinedOf(await askNow(scene.pair, last, '~join', joinPresent))
    expect([joined?.presence?.count, joined?.presence?.members.length]).toEqual([201, 200])
    expect([present(ada).length, ada.room.presence.count]).toEqual([200, 201])
    const [one, two] = crowd
    one?.close()
    await scene.pair.flush()
    expect([present(ada).length, present(ada).includes('user 1'), present(ada).includes('user 200')]).toEqual([
      200,
      false,
      true,
    ])
    two?.close()
    await scene.pair.flush()
    expect([present(ada).length, ada.changes.at(-1)]).toEqual([199, '-user 2'])
  })

  it('[PRE10] a join that fails leaves nobody behind, and an earlier membership as it was', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const bob = await rawClient(scene.pair, 'bob')
    scene.truth.onJoin = () => {
      throw new Error('not today')
    }
    expect(await askNow(scene.pair, bob, '~join', joinPresent)).toMatchObject({
      ok: false,
      error: { code: 'INTERNAL' },
    })
    expect(present(ada)).toEqual(['ada'])
    scene.truth.onJoin = () => {}
    await askNow(scene.pair, bob, '~join', joinPresent)
    scene.truth.onJoin = () => {
      throw new Error('not again')
    }
    await askNow(scene.pair, bob, '~join', { ...joinPresent, presence: { status: 'away' } })
    expect([present(ada), ada.room.presence.members()[1]?.metas[0]?.state]).toEqual([
      ['ada', 'bob'],
      { status: 'active' },
    ])
  })

  it('[PRE10] a state that is set while its member leaves brings nobody back', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const bob = await enter(scene, 'bob')
    let finish = () => {}
    scene.truth.whileShowing = () => new Promise((resolve) => (finish = resolve))
    void bob.room.presence.set({ status: 'away' })
    await scene.pair.flush()
    void bob.room.leave()
    await scene.pair.flush()
    finish()
    await scene.pair.run(20_000)
    expect([present(ada), ada.changes]).toEqual([['ada'], ['+bob', '-bob']])
  })
})
