import { describe, expect, it } from 'vitest'
import { seededRandom } from '@millrace/testing'
import { board } from './support/board.ts'
import { openScene, takeSeat, type Seat } from './support/scene.ts'

const budget = 600
const clients = 4
const steps = 250
const seeds = process.env.MILLRACE_LONG === '1' ? 200 : 12

interface Reader extends Seat<'plain'> {
  isIn: boolean
  /** What it heard in each of its memberships; a kick ends one. */
  readonly memberships: number[][]
}

/**
 * Publishes, stalls and drains, kicks, cuts and joins in random order. In each membership a reader must hear every note from
 * its first on once and in order, whatever it did meanwhile, and hold the same keyed state as the room in the end.
 */
async function play(seed: number): Promise<void> {
  const random = seededRandom(seed)
  await using scene = await openScene({ seed, limits: { maxBufferedBytes: budget } })
  const here = scene.pair.room(board, 'plain', { id: 'a' })
  const truth = new Map<string, number>()
  let published = 0
  const readers: Reader[] = []
  for (let index = 0; index < clients; index++) {
    const seat = takeSeat(scene, `user ${index}`, 'plain')
    const reader: Reader = Object.assign(seat, { isIn: false, memberships: [[]] })
    seat.room.on('note', ({ n }) => reader.memberships.at(-1)?.push(n))
    seat.room.on('kicked', () => {
      reader.isIn = false
      reader.memberships.push([])
    })
    readers.push(reader)
  }
  const enter = async (reader: Reader) => {
    const joined = reader.room.join()
    await scene.pair.flush()
    reader.cable.release()
    await scene.pair.flush()
    await joined
    reader.isIn = true
  }
  for (const reader of readers) await enter(reader)
  const acts: Record<string, (reader: Reader) => Promise<unknown>> = {
    publish: async () => {
      for (let times = 1 + random.integer(5); times > 0; times--) await here.publish('note', { n: ++published })
    },
    score: async () => {
      const player = `player ${random.integer(12)}`
      if (random.integer(5) === 0) {
        truth.delete(player)
        return here.remove('score', player)
      }
      truth.set(player, ++published)
      await here.publish('score', { player, points: published })
      return here.publish('note', { n: published })
    },
    type: () => here.publish('typing', { on: true }),
    stall: async ({ cable }) => cable.hold('down'),
    drain: async ({ cable }) => cable.release(),
    kick: async (reader) => {
      here.kick({ userId: `user ${readers.indexOf(reader)}` })
      await scene.pair.flush()
      reader.cable.release()
      await scene.pair.flush()
      if (!reader.isIn) await enter(reader)
    },
    cut: async ({ cable }) => {
      cable.cut()
      cable.release()
      await scene.pair.run(30_000)
    },
    pass: () => scene.pair.run(random.integer(200)),
  }
  for (let step = 0; step < steps; step++) {
    const [, act] = random.pick(Object.entries(acts).flatMap((one) => (one[0].length > 4 ? [one, one, one] : [one])))
    await act(random.pick(readers))
    if (random.integer(2) === 0) await scene.pair.flush(undefined, random.integer(12))
    else await scene.pair.settle()
    for (const { cable } of readers)
      if ((cable.wire?.count('down') ?? 0) > 1) expect(cable.wire?.bytes('down')).toBeLessThanOrEqual(2 * budget + 700)
  }
  for (const { cable } of readers) cable.release()
  await scene.pair.run(30_000)
  await here.publish('note', { n: ++published })
  await scene.pair.flush()
  for (const { memberships, gaps, room } of readers) {
    for (const heard of memberships) expect(heard).toEqual(heard.map((_, index) => (heard[0] ?? 0) + index))
    expect(memberships.at(-1)?.at(-1)).toBe(published)
    expect(gaps).toEqual([])
    expect(Object.fromEntries([...room.state('score')].map(([key, { points }]) => [key, points]))).toEqual(
      Object.fromEntries(truth),
    )
  }
  const { counters } = scene.pair.node()
  expect([counters.behind > 0, counters.refilled > 0]).toEqual([true, true])
}

describe('random readers', () => {
  for (let seed = 1; seed <= seeds; seed++)
    it(`[DEL53, DEL54, DEL56, DEL61, P2] hear everything once and in order, and end with the newest of each key (seed ${seed})`, async () => {
      await play(seed)
    })
})
