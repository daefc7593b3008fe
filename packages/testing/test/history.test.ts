import { describe, expect, it } from 'vitest'
import { board } from './support/board.ts'
import { join, openScene } from './support/scene.ts'

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('history', () => {
  it('[REC40] is read in both directions and moves nobody', async () => {
    await using scene = await openScene()
    await scene.say('plain', ...upTo(7))
    const ada = await join(scene, 'ada', 'plain')
    const read = async (query: Parameters<typeof ada.room.history>[0]) => {
      const page = ada.room.history(query)
      await scene.pair.flush()
      return page
    }
    const numbers = ({ events }: Awaited<ReturnType<typeof read>>) =>
      events.map(({ payload }) => (payload as { n: number }).n)
    const newest = await read({ limit: 3 })
    expect([numbers(newest), newest.more]).toEqual([[5, 6, 7], true])
    const older = await read({ before: newest.from!, limit: 10 })
    expect([numbers(older), older.more]).toEqual([[1, 2, 3, 4], false])
    expect(numbers(await read({ after: older.from!, limit: 2 }))).toEqual([2, 3])
    expect(numbers(await read({ after: 'start', limit: 2 }))).toEqual([1, 2])
    expect(await read({ before: { ...newest.from!, id: 'forged' } })).toMatchObject({ events: [], gap: 'rewound' })
    await scene.say('plain', 8)
    await scene.pair.flush()
    expect(ada.told).toEqual([8])
  })
})

describe('the room itself', () => {
  it('[REC50] outlives its last member by roomLingerMs', async () => {
    await using scene = await openScene()
    const key = '/board plain {"id":"a"}'
    const ada = await join(scene, 'ada', 'plain')
    const left = ada.room.leave()
    await scene.pair.flush()
    await left
    await scene.pair.run(9_999)
    expect(scene.pair.node().rooms.get(key)).toBeDefined()
    await scene.pair.run(1)
    expect(scene.pair.node().rooms.get(key)).toBeUndefined()
    const published = scene.pair.room(board, 'plain', { id: 'a' }).publish('note', { n: 1 })
    await scene.pair.settle()
    expect((await published).position.offset).toBe(1)
  })
})
