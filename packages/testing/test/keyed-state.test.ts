import { describe, expect, it } from 'vitest'
import type { KeyedState, StateUpdate, Store } from '@millrace/server'
import type { WireAnswer, WireJoined, WireState } from '@millrace/contract'
import { board } from './support/board.ts'
import { askNow, rawClient } from './support/raw-client.ts'
import { join, openScene, takeSeat, whileAway, type Scene, type Seat } from './support/scene.ts'

const joinPlain = { room: 'plain', params: { id: 'a' } }

function plain(scene: Scene) {
  return scene.pair.room(board, 'plain', { id: 'a' })
}

async function score(scene: Scene, player: string, points: number): Promise<void> {
  await plain(scene).publish('score', { player, points })
}

function pointsOf({ room }: Seat<'plain'>): Record<string, number> {
  return Object.fromEntries([...room.state('score')].map(([player, { points }]) => [player, points]))
}

const stateOf = (answer: WireAnswer) => (answer.ok ? (answer.data as WireJoined).state : undefined)

interface StateTrouble {
  isLosing: boolean
  failing: number
  /** Answers of reads wait for `release`. */
  isHolding: boolean
  release: () => void
  /** What a store does that noticed by comparison that something was lost. */
  missed: () => Promise<void>
}

function stateTrouble() {
  const trouble: StateTrouble = {
    isLosing: false,
    failing: 0,
    isHolding: false,
    release: () => {},
    missed: async () => {},
  }
  const read = async (state: KeyedState, ...args: Parameters<KeyedState['read']>): Promise<StateUpdate> => {
    if (trouble.failing-- > 0) throw new Error('no state for now')
    const update = await state.read(...args)
    if (trouble.isHolding) await new Promise<void>((resolve) => (trouble.release = resolve))
    return update
  }
  const wrap = (state: KeyedState): KeyedState => ({
    write: (...args) => state.write(...args),
    read: (...args) => read(state, ...args),
    subscribe: (room, listener) => {
      trouble.missed = async () => listener.missed?.()
      return state.subscribe(room, { changes: (changes) => trouble.isLosing || listener.changes(changes) })
    },
  })
  return { trouble, wrapStore: (store: Store): Store => ({ ...store, state: wrap(store.state) }) }
}

describe('keyed state', () => {
  it('[DEL40, DEL42, DEL43] a joiner gets every value, members the newest of each flush, removed keys are gone', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    const told: unknown[] = []
    ada.room.on('score', ({ points }, { key }) => told.push([key, points]))
    ada.room.on('removed', ({ name, key }) => told.push([name, key]))
    await score(scene, 'bob', 1)
    await score(scene, 'bob', 2)
    await score(scene, 'cyd', 1)
    await scene.pair.flush()
    expect(told).toEqual([
      ['bob', 2],
      ['cyd', 1],
    ])
    await plain(scene).remove('score', 'cyd')
    await scene.pair.flush()
    expect(told.slice(2)).toEqual([['score', 'cyd']])
    const dan = await join(scene, 'dan', 'plain')
    expect([pointsOf(ada), pointsOf(dan)]).toEqual([{ bob: 2 }, { bob: 2 }])
  })

  it('[DEL41] a returning client gets what changed since its version', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await score(scene, 'bob', 1)
    await score(scene, 'cyd', 1)
    await scene.pair.flush()
    const states: unknown[] = []
    scene.pair.onPacket((_wire, direction, packet) => {
      const text = String(packet[0])
      if (direction === 'down' && text.includes('"state":'))
        states.push(/"kind":"change","values":(\[.*?\]\])/.exec(text)?.[1])
    })
    await whileAway(scene, ada, async () => {
      await plain(scene).remove('score', 'cyd')
      await score(scene, 'dan', 3)
    })
    expect(pointsOf(ada)).toEqual({ bob: 1, dan: 3 })
    expect(states).toEqual(['[["score","cyd"],["score","dan",{"player":"dan","points":3}]]'])
  })

  it('[DEL41] a version that the node does not know gets everything', async () => {
    await using scene = await openScene()
    await score(scene, 'bob', 1)
    const client = await rawClient(scene.pair, 'ada')
    const current = stateOf(await askNow(scene.pair, client, '~join', joinPlain))
    const { epoch, version, id } = current ?? { epoch: '', version: 0, id: '' }
    for (const state of [
      { epoch, version, id: 'forged' },
      { epoch: 'other', version, id },
      { epoch, version: 99, id },
      7,
      null,
      'x',
    ]) {
      expect(stateOf(await askNow(scene.pair, client, '~join', { ...joinPlain, state }))).toMatchObject({
        kind: 'replace',
        values: [['score', 'bob', { points: 1 }]],
      })
    }
    expect(
      stateOf(await askNow(scene.pair, client, '~join', { ...joinPlain, state: { epoch, version, id } })),
    ).toMatchObject({ kind: 'change', values: [] })
  })

  it('[DEL44] a node that missed a change reads everything anew and tells it as replace', async () => {
    const { trouble, wrapStore } = stateTrouble()
    await using scene = await openScene({ wrapStore })
    const ada = await join(scene, 'ada', 'plain')
    const client = await rawClient(scene.pair, 'bob')
    await askNow(scene.pair, client, '~join', joinPlain)
    trouble.isLosing = true
    await score(scene, 'bob', 1)
    trouble.isLosing = false
    trouble.failing = 1
    await score(scene, 'cyd', 2)
    await scene.pair.flush()
    expect([pointsOf(ada), scene.pair.errors.map(String)]).toEqual([{}, ['Error: no state for now']])
    await scene.pair.run(1_000)
    expect(pointsOf(ada)).toEqual({ bob: 1, cyd: 2 })
    const states = client.got.filter(([name]) => name === '~state').map(([, state]) => (state as WireState).kind)
    expect(states).toEqual(['replace'])
  })

  it('[DEL44] what changes while it reads is told as well', async () => {
    const { trouble, wrapStore } = stateTrouble()
    await using scene = await openScene({ wrapStore })
    const ada = await join(scene, 'ada', 'plain')
    trouble.isLosing = true
    await score(scene, 'bob', 1)
    trouble.isLosing = false
    trouble.isHolding = true
    await score(scene, 'bob', 2)
    await scene.pair.flush()
    await score(scene, 'bob', 3)
    trouble.isHolding = false
    trouble.release()
    await scene.pair.flush()
    expect(pointsOf(ada)).toEqual({ bob: 3 })
  })

  it('[DEL44] what changes while it reads is not undone by an answer that is older', async () => {
    const { trouble, wrapStore } = stateTrouble()
    await using scene = await openScene({ wrapStore })
    const ada = await join(scene, 'ada', 'plain')
    await score(scene, 'bob', 1)
    await scene.pair.flush()
    const told: number[] = []
    ada.room.on('score', ({ points }) => void told.push(points))
    trouble.isHolding = true
    const caughtUp = trouble.missed()
    await scene.pair.flush()
    await score(scene, 'bob', 2)
    await scene.pair.flush()
    trouble.isHolding = false
    trouble.release()
    await caughtUp
    await scene.pair.flush()
    expect(pointsOf(ada)).toEqual({ bob: 2 })
    expect(told.slice(told.indexOf(2))).not.toContain(1)
  })

  it('[DEL45] a latest event moves no position', async () => {
    await using scene = await openScene()
    const ada = await join(scene, 'ada', 'plain')
    await score(scene, 'bob', 1)
    await scene.say('plain', 1)
    await scene.pair.flush()
    const page = ada.room.history()
    await scene.pair.flush()
    expect((await page).events.map(({ name, position }) => [name, position.offset])).toEqual([['note', 1]])
  })

  it('[DEL40, DEL42] several nodes tell the same values', async () => {
    await using scene = await openScene({ nodes: 2 })
    const seats = [takeSeat(scene, 'ada', 'plain'), takeSeat(scene, 'bob', 'plain')]
    for (const [index, { cable, room }] of seats.entries()) {
      cable.node = index
      void room.join()
    }
    await scene.pair.flush()
    const published = seats[0]!.room.publish('score', { player: 'ada', points: 5 })
    await scene.pair.flush()
    await published
    expect(seats.map(pointsOf)).toEqual([{ ada: 5 }, { ada: 5 }])
  })
})
