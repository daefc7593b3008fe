import { setTimeout as pause } from 'node:timers/promises'
import { memory } from '@millrace/server'
import { describe, expect, it, vi } from 'vitest'
import { maxSpeed, tickMs, ticksPerSecond } from '../game/world.ts'
import { Prediction } from '../web/play/prediction.ts'
import { board, startArena, type Sailor } from './start-arena.ts'

const until = { interval: 10 }

/** Takes a boat, and tells when it is there. */
async function sail(sailor: Sailor, name: string): Promise<void> {
  await vi.waitFor(
    () => {
      sailor.room.publish('launch', { name, hue: 200 })
      expect(sailor.room.state('captain').get(sailor.id)?.name).toBe(name)
      expect(sailor.room.state('player').has(sailor.id)).toBe(true)
    },
    { interval: 300 },
  )
}

const placeOf = (sailor: Sailor, id: string): readonly [number, number] => {
  const { x, y } = sailor.room.state('player').get(id) ?? { x: Number.NaN, y: Number.NaN }
  return [x, y]
}

/** Sends inputs at the pace of ticks until the test has seen enough. */
function row(
  sailor: Sailor,
  helm: { turn: number; thrust: number },
  each: (seq: number) => void = () => {},
): () => void {
  let seq = sailor.room.state('player').get(sailor.id)?.seq ?? -1
  const timer = setInterval(() => {
    seq += 1
    each(seq)
    sailor.room.publish('input', { seq, ...helm })
  }, tickMs)
  return () => clearInterval(timer)
}

/** Stands still while the machine has no time for this process, so that what is counted by it is the pond's own pace. */
function attentiveClock() {
  let [nowMs, readAt, readings] = [0, performance.now(), 0]
  return {
    read: (): number => {
      const at = performance.now()
      nowMs += Math.min(1.5 * tickMs, at - readAt)
      readAt = at
      readings += 1
      return nowMs
    },
    readings: () => readings,
    pass: (ms: number): void => void (nowMs += ms),
  }
}

describe('the arena', () => {
  it('[ARN20, ARN21] two players see each other move, and bots say that they are', async () => {
    const { url, errors } = await startArena()
    const [ada, bob] = [await board(url, 'ada'), await board(url, 'bob')]
    await Promise.all([sail(ada, 'Ada'), sail(bob, 'Bob')])
    await vi.waitFor(() => expect(bob.room.state('captain').get(ada.id)?.name).toBe('Ada'), until)
    const [x, y] = placeOf(bob, ada.id)
    const stop = row(ada, { turn: 0.2, thrust: 1 })
    await vi.waitFor(() => {
      const [nowX, nowY] = placeOf(bob, ada.id)
      expect(Math.hypot(nowX - x, nowY - y)).toBeGreaterThan(80)
    }, until)
    stop()
    const bots = [...bob.room.state('captain').values()].filter(({ isBot }) => isBot)
    expect(bots.length).toBeGreaterThan(0)
    expect(bots.every(({ id }) => id.startsWith('bot.'))).toBe(true)
    expect(errors).toEqual([])
  })

  it('[ARN23] the prediction is where the server says the boat is, once it has seen every input', async () => {
    const { url } = await startArena()
    const ada = await board(url, 'ada')
    await sail(ada, 'Ada')
    // Bots that come near may push the boat, which nobody can predict.
    const isAlone = () =>
      [...ada.room.state('player').values()].every(
        ({ id }) => id === ada.id || distance(placeOf(ada, id), placeOf(ada, ada.id)) > 100,
      )
    const start = ada.room.state('player').get(ada.id)!
    const prediction = new Prediction(start)
    const errors: number[] = []
    ada.room.on('player', (player) => {
      if (player.id !== ada.id) return
      prediction.correct(player.seq, player)
      if (isAlone()) errors.push(prediction.error)
      else errors.length = 0
    })
    const helm = { turn: 0.6, thrust: 0.9 }
    const stop = row(ada, helm, (seq) => prediction.apply({ seq, ...helm }))
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(40), until)
    stop()
    await vi.waitFor(() => expect(prediction.pendingCount).toBe(0), until)
    const { x, y, angle } = ada.room.state('player').get(ada.id)!
    expect(prediction.hull).toMatchObject({ x, y, angle })
    expect(Math.max(...errors)).toBe(0)
  })

  it('[ARN22] makes about 30 ticks a second, says so, and rests when nobody looks on', async () => {
    const clock = attentiveClock()
    const { url } = await startArena({ name: 'north', monotonicMs: clock.read })
    const ada = await board(url, 'ada')
    const paces: number[] = []
    ada.room.on('pace', ({ node, perSecond }) => void (node === 'north' && paces.push(perSecond)))
    await sail(ada, 'Ada')
    const stop = row(ada, { turn: 0, thrust: 0 })
    await vi.waitFor(() => expect(paces.length).toBeGreaterThan(1), until)
    for (const pace of paces) expect(Math.abs(pace - ticksPerSecond)).toBeLessThan(5)
    stop()
    clock.pass(10_001)
    await vi.waitFor(() => expect(ada.room.state('captain').has(ada.id)).toBe(false), until)
    // Whoever rests asks for no time.
    const rests = async (): Promise<boolean> => {
      const before = clock.readings()
      await pause(10 * tickMs)
      return clock.readings() === before
    }
    await expect.poll(rests).toBe(true)
    const tick = newestTick(ada)
    ada.room.publish('watch', {})
    await vi.waitFor(() => expect(newestTick(ada)).toBeGreaterThan(tick), until)
    expect(newestTick(ada)).toBeLessThan(tick + 300)
  })

  it('[ARN25] is not faster for who sends more, and not disturbed by what is no input', async () => {
    const { url, errors } = await startArena()
    const [ada, eve] = [await board(url, 'ada'), await board(url, 'eve')]
    await Promise.all([sail(ada, 'Ada'), sail(eve, 'Eve')])
    const raw = eve.room as unknown as { publish(name: string, payload: unknown): void }
    for (const payload of [
      null,
      {},
      { seq: 1, turn: 9, thrust: 1 },
      { seq: 1e300, turn: 0, thrust: 0 },
      { seq: 1, turn: '1', thrust: 1 },
    ])
      raw.publish('input', payload)
    const seen: { readonly tick: number; readonly x: number; readonly y: number }[] = []
    ada.room.on('player', (player) => void (player.id === eve.id && seen.push(player)))
    const ticks = (): number => (seen.at(-1)?.tick ?? 0) - (seen[0]?.tick ?? 0)
    let seq = 0
    const flood = setInterval(() => {
      for (let one = 0; one < 10; one++) eve.room.publish('input', { seq: seq++, turn: 0.2, thrust: 1 })
    }, tickMs)
    await vi.waitFor(() => expect(ticks()).toBeGreaterThan(60), until)
    clearInterval(flood)
    const ways = seen.map((at, index) =>
      distance([at.x, at.y], [seen[index - 1]?.x ?? at.x, seen[index - 1]?.y ?? at.y]),
    )
    const way = ways.reduce((sum, one) => sum + one, 0)
    expect(way).toBeGreaterThan(60)
    expect(way).toBeLessThan((maxSpeed / ticksPerSecond) * (ticks() + 10))
    expect(errors).toEqual([])
  })

  it('[ARN28] one address takes half a pond, under however many names', async () => {
    const { url, errors } = await startArena()
    const sailors: Sailor[] = []
    for (let index = 0; index < 9; index++) sailors.push(await board(url, `guest ${index}`))
    const boats = (): number => {
      const captains = [...(sailors[0]?.room.state('captain').values() ?? [])]
      return captains.filter(({ isBot }) => !isBot).length
    }
    const launchAll = (): void => {
      for (const { room } of sailors) room.publish('launch', { name: 'Ann', hue: 1 })
    }
    await vi.waitFor(
      () => {
        launchAll()
        expect(boats()).toBe(6)
      },
      { timeout: 8_000, interval: 300 },
    )
    const [first, last] = [sailors[0]!, sailors.at(-1)!]
    const has = ({ id }: Sailor): boolean => first.room.state('captain').has(id)
    launchAll()
    const tick = newestTick(first)
    await vi.waitFor(() => expect(newestTick(first)).toBeGreaterThan(tick + 15), until)
    expect([boats(), has(last)]).toEqual([6, false])
    first.room.publish('quit', {})
    await vi.waitFor(() => expect(has(first)).toBe(false), until)
    await sail(last, 'Zoe')
    expect(errors).toEqual([])
  })
})

describe('the arena of two nodes', () => {
  it('[ARN20, ARN24] players of both meet, and another node goes on where one closes', async () => {
    const provider = memory()
    const nodes = [await startArena({ provider, name: 'a' }), await startArena({ provider, name: 'b' })] as const
    const [ada, bob] = [await board(nodes[0].url, 'ada'), await board(nodes[1].url, 'bob')]
    await Promise.all([sail(ada, 'Ada'), sail(bob, 'Bob')])
    await vi.waitFor(() => {
      expect(bob.room.state('captain').get(ada.id)?.name).toBe('Ada')
      expect(ada.room.state('captain').get(bob.id)?.name).toBe('Bob')
      expect(ada.room.state('pace').has('')).toBe(true)
    }, until)
    const stops = [row(ada, { turn: 0.1, thrust: 1 }), row(bob, { turn: 0.1, thrust: 1 })]
    const keeper = ada.room.state('pace').get('')!.node
    const [kept, other, watcher] = keeper === 'a' ? [nodes[0], 'b', bob] : [nodes[1], 'a', ada]
    const captains = new Map(watcher.room.state('captain'))
    const tick = newestTick(watcher)
    const [round] = watcher.room.state('round').values()
    await kept.close()
    await vi.waitFor(() => expect(watcher.room.state('pace').get('')?.node).toBe(other), until)
    expect(newestTick(watcher)).toBeGreaterThan(tick)
    expect(newestTick(watcher)).toBeLessThan(tick + 8 * 30)
    const after = watcher.room.state('captain')
    for (const [id, captain] of captains)
      expect(after.get(id)).toMatchObject({ name: captain.name, isBot: captain.isBot })
    for (const [id, { score }] of captains) expect(after.get(id)!.score).toBeGreaterThanOrEqual(score)
    expect([...watcher.room.state('round').values()]).toEqual([round])
    for (const stop of stops) stop()
  })
})

function newestTick({ room }: Sailor): number {
  return Math.max(...[...room.state('player').values()].map(({ tick }) => tick))
}

function distance([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  return Math.hypot(ax - bx, ay - by)
}
