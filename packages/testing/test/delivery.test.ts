import { describe, expect, it } from 'vitest'
import { roomKey, type WireFrame, type WireJoined } from '@millrace/contract'
import { board } from './support/board.ts'
import { askNow, rawClient, type RawClient } from './support/raw-client.ts'
import { join, openScene, takeSeat, type Scene } from './support/scene.ts'

const joinPlain = { room: 'plain', params: { id: 'a' } }

async function rawMember(
  scene: Scene,
  user: string,
  auth: Record<string, unknown> = { millrace: 1 },
): Promise<RawClient & { room: number }> {
  const client = await rawClient(scene.pair, user, auth)
  const answer = await askNow(scene.pair, client, '~join', joinPlain)
  if (!answer.ok) throw new Error(answer.error.message)
  client.got.length = 0
  return { ...client, room: (answer.data as WireJoined).room }
}

const note = (n: number): unknown => [expect.any(String), 'note', { n }, expect.any(Number)]

const framesOf = ({ got }: RawClient) =>
  got.filter(([name]) => name === '~frame').map(([, frame]) => frame as WireFrame)

describe('durable events', () => {
  it('[DEL1, P2] reach members from the log, also where no answer reaches the publisher', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    const bob = await join(scene, 'bob', 'plain')
    const published = ada.room.publish('note', { n: 1 })
    await scene.pair.flush(undefined, 1)
    ada.cable.cut()
    await scene.pair.flush()
    expect(bob.heard).toEqual([1])
    await scene.pair.run(5_000)
    expect([ada.heard, (await published).position.offset]).toEqual([[1], 1])
  })

  it('[P4] are acknowledged by the name of what they survive, once the store has them', async () => {
    await using scene = await openScene()
    const ada = await rawMember(scene, 'ada')
    expect(await askNow(scene.pair, ada, 'note', { room: ada.room, input: { n: 1 } })).toMatchObject({
      ok: true,
      data: { ack: 'stored', position: { offset: 1 } },
    })
    const { log } = await scene.pair.openStore()
    const [top] = await log.tails([roomKey('/board', 'plain', { id: 'a' })])
    expect(top?.offset).toBe(1)
  })

  it('[DEL2] of one tick come in one frame, in the order of the log', async () => {
    await using scene = await openScene()
    const ada = await rawMember(scene, 'ada')
    const say = scene.pair.room(board, 'plain', { id: 'a' })
    await Promise.all([1, 2, 3].map((n) => say.publish('note', { n })))
    await scene.pair.flush()
    await say.publish('note', { n: 4 })
    await scene.pair.flush()
    const [first, second] = framesOf(ada)
    expect(framesOf(ada)).toHaveLength(2)
    expect(first).toMatchObject({ kind: 'full', from: 1, prev: '', to: 3, entries: [note(1), note(2), note(3)] })
    expect(second).toMatchObject({ from: 4, prev: first?.kind === 'full' ? first.id : 'none', to: 4 })
  })

  it('[DEL3] of a room with flushMs gather for that long', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'slow')
    await scene.say('slow', 1)
    await scene.pair.run(150)
    await scene.say('slow', 2)
    await scene.pair.run(49)
    expect(ada.heard).toEqual([])
    await scene.pair.run(1)
    expect(ada.heard).toEqual([1, 2])
  })

  it('[DEL4] come before volatile events, keyed state and kicks of the same flush', async () => {
    await using scene = await openScene()
    const ada = await rawMember(scene, 'ada')
    const say = scene.pair.room(board, 'plain', { id: 'a' })
    say.kick({ userId: 'ada' })
    await say.publish('score', { player: 'bob', points: 1 })
    await say.publish('typing', { on: true })
    await say.publish('note', { n: 1 })
    await scene.pair.flush()
    const kinds = ada.got.map(([name, argument]) => (name === '~frame' ? (argument as WireFrame).kind : name))
    expect(kinds).toEqual(['full', 'volatile', '~state', '~kick'])
  })

  it('[DEL5] come to a stock client one by one, with positions', async () => {
    await using scene = await openScene()
    const stock = await rawMember(scene, 'ada', {})
    await scene.say('plain', 1, 2)
    await scene.pair.flush()
    const meta = (offset: number): unknown => ({
      room: stock.room,
      position: expect.objectContaining({ offset }),
      at: expect.any(Number),
      from: null,
      key: null,
    })
    expect(stock.got).toEqual([
      ['note', { n: 1 }, meta(1)],
      ['note', { n: 2 }, meta(2)],
    ])
  })

  it('[DEL6, DEL7, P2] that are published while a client joins come after the answer, once', async () => {
    for (let packets = 0; packets < 8; packets++) {
      await using scene = await openScene({ seed: packets + 1 })
      const ada = takeSeat(scene, 'ada', 'plain')
      let isJoined = false
      ada.room.on('note', () => isJoined || ada.told.push('before the answer'))
      const joined = ada.room.join().then(() => (isJoined = true))
      const say = scene.pair.room(board, 'plain', { id: 'a' })
      for (let n = 1; n <= 8; n++) {
        void say.publish('note', { n })
        if (n === packets) await scene.pair.flush()
        else if (scene.pair.deliver()) await scene.pair.runPromises()
      }
      await scene.pair.flush()
      await joined
      await scene.say('plain', 9)
      await scene.pair.flush()
      const first = ada.heard[0] ?? 0
      expect(ada.told).toEqual(Array.from({ length: 10 - first }, (_, index) => first + index))
    }
  })

  it('[DEL8] do not follow the answer to ~leave', async () => {
    await using scene = await openScene()
    const ada = await rawMember(scene, 'ada')
    await scene.say('plain', 1)
    expect(await askNow(scene.pair, ada, '~leave', { room: ada.room })).toEqual({ ok: true })
    const before = ada.got.length
    await scene.say('plain', 2)
    await scene.pair.room(board, 'plain', { id: 'a' }).publish('typing', { on: true })
    await scene.pair.flush()
    expect(ada.got).toHaveLength(before)
  })

  it('[DEL9] come once to a connection that joined twice', async () => {
    await using scene = await openScene()
    const ada = await rawMember(scene, 'ada')
    await scene.say('plain', 1)
    await scene.pair.flush()
    const [frame] = framesOf(ada)
    if (frame?.kind !== 'full') throw new Error('the first event must come in a frame')
    const position = { epoch: frame.epoch, offset: frame.to, id: frame.id }
    expect(await askNow(scene.pair, ada, '~join', { ...joinPlain, position })).toMatchObject({
      ok: true,
      data: { room: ada.room, recovered: true },
    })
    await scene.say('plain', 2)
    await scene.pair.flush()
    expect(framesOf(ada).map((one) => one.kind === 'full' && one.to)).toEqual([1, 2])
  })
})
