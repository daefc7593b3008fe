import { describe, expect, it } from 'vitest'
import type { WireState } from '@millrace/contract'
import { board } from './support/board.ts'
import { askNow, rawClient } from './support/raw-client.ts'
import { join, openScene, type Scene, type Seat } from './support/scene.ts'
import { enter, joinPresent, present } from './support/watcher.ts'

const limits = { maxBufferedBytes: 1_000 }
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

function roomOf(scene: Scene) {
  return scene.pair.room(board, 'plain', { id: 'a' })
}

/** Each in a flush of its own, taken by those who take anything. */
async function score(scene: Scene, player: string, ...points: readonly number[]): Promise<void> {
  for (const each of points) {
    await roomOf(scene).publish('score', { player, points: each })
    await scene.pair.flush()
  }
}

function pointsOf({ room }: Seat<'plain'>): Record<string, number> {
  return Object.fromEntries([...room.state('score')].map(([player, { points }]) => [player, points]))
}

/** Points that the seat's listener was told, per player. */
function toldOf({ room }: Seat<'plain'>): Map<string, number[]> {
  const told = new Map<string, number[]>()
  room.on('score', ({ points }, { key }) => void told.set(key, [...(told.get(key) ?? []), points]))
  return told
}

describe('keyed state for a connection that takes too little', () => {
  it('[DEL53, DEL59] of many rooms is told a little at a time', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    const waiting = () => client.cable.wire?.bytes('down') ?? 0
    const rooms = upTo(20).map((id) => scene.pair.room(board, 'plain', { id: `${id}` }))
    for (const id of upTo(20)) await askNow(scene.pair, client, '~join', { room: 'plain', params: { id: `${id}` } })
    client.cable.hold('down')
    for (const points of upTo(30)) {
      for (const room of rooms) await room.publish('score', { player: `player ${points}`, points })
      await scene.pair.settle()
    }
    let largest = waiting()
    client.cable.release()
    for (let idle = 0; idle < 3;) {
      idle = scene.pair.deliver() ? 0 : idle + 1
      await scene.pair.settle()
      largest = Math.max(largest, waiting())
    }
    const told = client.got.flatMap(([name, state]) => (name === '~state' ? (state as WireState).values : []))
    expect(new Set(told.map(([, key]) => key)).size).toBe(30)
    expect(told.filter(([, key]) => key === 'player 30')).toHaveLength(20)
    expect(largest).toBeLessThanOrEqual(2_200)
  })

  it('[DEL53, DEL74] is conflated: the newest of each key, once, when it takes more; what was left out is counted', async () => {
    await using scene = await openScene({ limits })
    const [ada, bob] = await Promise.all([join(scene, 'ada', 'plain'), join(scene, 'bob', 'plain')])
    const [adaTold, bobTold] = [toldOf(ada), toldOf(bob)]
    ada.cable.hold('down')
    await score(scene, 'x', ...upTo(50))
    await scene.pair.flush()
    await score(scene, 'y', 1)
    await score(scene, 'x', ...upTo(100, 51))
    await scene.pair.flush()
    expect(ada.cable.wire?.bytes('down')).toBeLessThan(2_000)
    ada.cable.release()
    await scene.pair.flush()
    expect([pointsOf(ada), pointsOf(bob)]).toEqual([
      { x: 100, y: 1 },
      { x: 100, y: 1 },
    ])
    const taken = adaTold.get('x') ?? []
    expect(taken).toEqual([...upTo(taken.length - 1), 100])
    expect(adaTold.get('y')).toEqual([1])
    expect(bobTold.get('x')).toEqual(upTo(100))
    expect(scene.pair.node().counters).toMatchObject({ conflated: 100 - taken.length, behind: 1, shed: 0 })
    await score(scene, 'x', 101)
    await scene.pair.flush()
    expect([adaTold.get('x')?.at(-1), adaTold.get('x')?.length]).toEqual([101, taken.length + 1])
  })

  it('[DEL54] comes in parts below the budget, removed keys included', async () => {
    await using scene = await openScene({ limits })
    const client = await rawClient(scene.pair, 'ada', { millrace: 1 })
    await askNow(scene.pair, client, '~join', { room: 'plain', params: { id: 'a' } })
    await score(scene, 'gone', 1)
    await scene.pair.flush()
    client.cable.hold('down')
    for (const n of upTo(100)) await score(scene, `player ${n}`, n)
    await roomOf(scene).remove('score', 'gone')
    await scene.pair.settle()
    client.cable.release()
    await scene.pair.flush()
    const states = client.got.filter(([name]) => name === '~state').map(([, state]) => state as WireState)
    for (const state of states) expect(JSON.stringify(state).length).toBeLessThan(1_200)
    const last = new Map(states.flatMap(({ values }) => values.map(([, key, value]) => [key, value] as const)))
    expect(last.size).toBe(101)
    expect(last.get('gone')).toBeUndefined()
    expect(states.every(({ kind }) => kind === 'change')).toBe(true)
    const kinds = states.map(({ version }) => version)
    expect(kinds).toEqual([...kinds].sort((a, b) => a - b))
  })

  it('[DEL54] that leaves between two parts and returns misses none', async () => {
    for (const packets of [1, 2, 3, 4, 5]) {
      await using scene = await openScene({ limits, seed: packets })
      const [ada, bob] = await Promise.all([join(scene, 'ada', 'plain'), join(scene, 'bob', 'plain')])
      ada.cable.hold('down')
      for (const n of upTo(40)) await score(scene, `player ${n}`, n)
      for (const n of upTo(20)) await score(scene, `player ${n}`, n + 100)
      await roomOf(scene).remove('score', 'player 30')
      await scene.pair.flush()
      const fill = ada.cable.wire?.count('down') ?? 0
      ada.cable.release()
      await scene.pair.flush(undefined, fill + packets)
      ada.cable.cut()
      await score(scene, 'player 1', 500)
      await scene.pair.run(30_000)
      expect(pointsOf(ada)).toEqual(pointsOf(bob))
      expect(Object.keys(pointsOf(ada)).length).toBe(39)
    }
  })

  it('[DEL54] is told everything where removals are too long ago to be known', async () => {
    await using scene = await openScene({ limits })
    const ada = await join(scene, 'ada', 'plain')
    ada.cable.hold('down')
    await score(scene, 'kept', 1)
    await score(scene, 'old', 1)
    for (const n of upTo(20)) await score(scene, `filler ${n}`, n)
    await roomOf(scene).remove('score', 'old')
    for (const n of upTo(2_100)) {
      await roomOf(scene).publish('score', { player: `p${n}`, points: n })
      await roomOf(scene).remove('score', `p${n}`)
      if (n % 300 === 0) await scene.pair.settle()
    }
    await scene.pair.settle()
    ada.cable.release()
    await scene.pair.flush()
    expect(pointsOf(ada)).toEqual({ kept: 1, ...Object.fromEntries(upTo(20).map((n) => [`filler ${n}`, n])) })
  })
})

describe('presence for a connection that takes too little', () => {
  it('[DEL55] is told once, of everybody', async () => {
    await using scene = await openScene({ limits })
    const ada = await enter(scene, 'ada')
    const client = await rawClient(scene.pair, 'bea', { millrace: 1 })
    await askNow(scene.pair, client, '~join', joinPresent)
    const known = client.got.filter(([name]) => name === '~presence').length
    client.cable.hold('down')
    for (const name of ['bob', 'cyd', 'dan', 'eve', 'fay', 'gus', 'hal', 'ivy', 'jon', 'kim', 'lea', 'max', 'ned'])
      await enter(scene, name)
    const left = (await enter(scene, 'zoe')).room.leave()
    await scene.pair.flush()
    await left
    const before = client.cable.wire?.count('down') ?? 0
    expect(client.cable.wire?.bytes('down')).toBeLessThanOrEqual(2_000)
    client.cable.release()
    await scene.pair.flush()
    const told = client.got.filter(([name]) => name === '~presence')
    expect(told.length).toBe(known + before + 1)
    const all = told.at(-1)?.[1] as { kind: string; members: { id: string }[] }
    expect([all.kind, all.members.map(({ id }) => id).sort()]).toEqual(['replace', present(ada).sort()])
  })
})
