import { describe, expect, it } from 'vitest'
import type { Store } from '@millrace/server'
import { board } from './support/board.ts'
import { openScene, takeSeat } from './support/scene.ts'
import { enter, present } from './support/watcher.ts'

describe('the end of presence', () => {
  it('[PRE4, P8] ends at once with leave, with a kick and with a client that closes', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const [bob, , dan] = [await enter(scene, 'bob'), await enter(scene, 'cyd'), await enter(scene, 'dan')]
    void bob.room.leave()
    await scene.pair.flush()
    scene.pair.room(board, 'present', { id: 'a' }).kick({ userId: 'cyd' })
    await scene.pair.flush()
    await dan.client.close()
    await scene.pair.flush()
    expect(ada.changes).toEqual(['+bob', '+cyd', '+dan', '-bob', '-cyd', '-dan'])
  })

  it('[PRE5, P8] outlives a connection that broke by 8 s', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const bob = await enter(scene, 'bob')
    bob.cable.isPlugged = false
    bob.cable.cut()
    await scene.pair.run(7_999)
    expect(present(ada)).toEqual(['ada', 'bob'])
    await scene.pair.run(1)
    expect([present(ada), ada.changes]).toEqual([['ada'], ['+bob', '-bob']])
  })

  it('[PRE6, PRE7, P8] does not flicker when a client returns in time', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const bob = await enter(scene, 'bob')
    bob.cable.isPlugged = false
    bob.cable.cut()
    await scene.pair.run(2_000)
    bob.cable.isPlugged = true
    await scene.pair.run(30_000)
    expect([present(ada), ada.changes, present(bob)]).toEqual([['ada', 'bob'], ['+bob'], ['ada', 'bob']])
  })

  it('[PRE6] tells the state that it returns with', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const bob = await enter(scene, 'bob')
    bob.cable.isPlugged = false
    bob.cable.cut()
    void bob.room.presence.set({ status: 'away' })
    bob.cable.isPlugged = true
    await scene.pair.run(3_000)
    expect([ada.changes, ada.room.presence.members()[1]?.metas[0]?.state]).toEqual([
      ['+bob', '+bob'],
      { status: 'away' },
    ])
  })

  it('[PRE7, P8] an old connection that is found dead later takes nothing away', async () => {
    await using scene = await openScene()
    const ada = await enter(scene, 'ada')
    const bob = await enter(scene, 'bob')
    const old = bob.cable.wire
    bob.cable.cut('client')
    await scene.pair.run(3_000)
    expect(bob.client.state.state).toBe('connected')
    old?.tell('server')
    await scene.pair.run(20_000)
    expect([present(ada), ada.changes]).toEqual([['ada', 'bob'], ['+bob']])
  })

  it('[PRE11] what a node entered is gone when it stops, and nothing is reported', async () => {
    await using scene = await openScene({ nodes: 2 })
    const ada = await enter(scene, 'ada')
    const bob = await enter(scene, 'bob', 'active', 1)
    expect(present(ada)).toEqual(['ada', 'bob'])
    bob.cable.isPlugged = false
    await scene.pair.stopNode(1)
    await scene.pair.flush()
    expect(present(ada)).toEqual(['ada'])
    await scene.pair.run(20_000)
    expect(scene.pair.errors).toEqual([])
  })

  it('[PRE12] who leaves while a node opens the room is not shown there', async () => {
    const late = { isHeld: false, finish: () => {} }
    const wrapStore = (store: Store): Store => ({
      ...store,
      presence: {
        enter: (...args) => store.presence.enter(...args),
        leave: (...args) => store.presence.leave(...args),
        subscribe: (...args) => store.presence.subscribe(...args),
        list: async (room) => {
          const listed = await store.presence.list(room)
          if (late.isHeld) await new Promise<void>((resolve) => (late.finish = resolve))
          return listed
        },
      },
    })
    await using scene = await openScene({ nodes: 2, wrapStore })
    const ada = await enter(scene, 'ada')
    const bob = takeSeat(scene, 'bob', 'present', 1)
    late.isHeld = true
    const joined = bob.room.join({ presence: { status: 'active' } })
    await scene.pair.flush()
    void ada.room.leave()
    await scene.pair.flush()
    late.finish()
    await scene.pair.flush()
    await joined
    expect(present(bob)).toEqual(['bob'])
  })
})
