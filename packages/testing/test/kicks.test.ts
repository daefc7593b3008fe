import { describe, expect, it } from 'vitest'
import { board } from './support/board.ts'
import { join, openScene, takeSeat } from './support/scene.ts'

describe('kicks', () => {
  it('[DEL20, DEL22] take effect after what was published before, and before what follows', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    const bob = await join(scene, 'bob', 'plain')
    const other = ada.client.use(board).room('plain', { id: 'b' })
    const joined = other.join()
    await scene.pair.flush()
    await joined
    const kicked: unknown[] = []
    ada.room.on('kicked', (error) => kicked.push([error.code, error.message]))
    const say = scene.pair.room(board, 'plain', { id: 'a' })
    await say.publish('note', { n: 1 })
    say.kick({ userId: 'ada' }, 'enough of you')
    await scene.pair.flush()
    await scene.say('plain', 2)
    await scene.pair.flush()
    expect([ada.heard, bob.heard, kicked]).toEqual([[1], [1, 2], [['FORBIDDEN', 'enough of you']]])
    expect(ada.client.state.state).toBe('connected')
    const published = other.publish('note', { n: 3 })
    await scene.pair.flush()
    expect((await published).position.offset).toBe(1)
    const again = ada.room.join()
    await scene.pair.flush()
    expect(await again).toMatchObject({ recovered: false })
  })

  it('[DEL21] by user reach all its connections on every node, by connection only that one', async () => {
    await using scene = await openScene({ nodes: 2 })
    const seats = [takeSeat(scene, 'ada', 'plain'), takeSeat(scene, 'ada', 'plain'), takeSeat(scene, 'bob', 'plain')]
    const kicked: number[] = []
    for (const [index, { cable, room }] of seats.entries()) {
      cable.node = index % 2
      room.on('kicked', () => kicked.push(index))
      void room.join()
    }
    await scene.pair.flush()
    const { state } = seats[2]!.client
    if (state.state !== 'connected') throw new Error('bob must be connected')
    const say = scene.pair.room(board, 'plain', { id: 'a' })
    say.kick({ userId: 'ada', connectionId: state.connection })
    await scene.pair.flush()
    expect(kicked).toEqual([])
    say.kick({ userId: 'ada' })
    await scene.pair.flush()
    expect(new Set(kicked)).toEqual(new Set([0, 1]))
    say.kick({ connectionId: state.connection })
    await scene.pair.flush()
    expect(new Set(kicked)).toEqual(new Set([0, 1, 2]))
  })
})

describe('volatile events', () => {
  it('[DEL30] reach the members of every node once, and nobody later', async () => {
    await using scene = await openScene({ nodes: 2 })
    const seats = [takeSeat(scene, 'ada', 'plain'), takeSeat(scene, 'bob', 'plain')]
    const heard: string[] = []
    for (const [index, { cable, room }] of seats.entries()) {
      cable.node = index
      room.on('typing', ({ on }, { from }) => heard.push(`${index} hears ${from} ${on}`))
      void room.join()
    }
    await scene.pair.flush()
    seats[0]!.room.publish('typing', { on: true })
    await scene.pair.flush()
    expect(heard.sort()).toEqual(['0 hears ada true', '1 hears ada true'])
    const cyd = await join(scene, 'cyd', 'plain')
    const page = cyd.room.history()
    await scene.pair.flush()
    expect((await page).events).toEqual([])
  })

  it('[DEL31, P10] a message between nodes that is none reaches nobody and closes nothing', async () => {
    await using scene = await openScene()
    const ada = takeSeat(scene, 'ada', 'plain')
    const heard: unknown[] = []
    ada.room.on('typing', ({ on }, { from }) => heard.push([on, from]))
    void ada.room.join()
    await scene.pair.flush()
    const { bus } = scene.pair.node().store
    const key = scene.pair.node().rooms.all()[0]!.key
    const { wire } = ada.cable
    const volatile = (head: string, payload: string): void => bus.publish(`volatile ${key}`, { head, payload })
    const typing = { node: 'b', name: 'typing', at: 1, from: 'bob' }
    volatile(JSON.stringify(typing), '')
    volatile('{"node":"b","name":"typing","at":1e999,"from":"bob"}', '{"on":true}')
    volatile('', '{"on":true}')
    const user = { namespace: '/board', user: 'ada', name: 'welcome' }
    for (const head of [user, { ...user, name: 7 }, []])
      bus.publish('users', { head: JSON.stringify(head), payload: '' })
    volatile(JSON.stringify(typing), '{"on":false}')
    await scene.pair.flush()
    expect(heard).toEqual([[false, 'bob']])
    expect([ada.client.state.state, ada.cable.wire]).toEqual(['connected', wire])
  })
})
