import { Fanouts } from '@millrace/server'
import { expect, it } from 'vitest'
import { HeardTails } from '../src/heard-tails.ts'

it('[RDS64] tails are asked a thousand at a time, so that a node with many rooms crowds nobody out', async () => {
  const listeners = new Fanouts<never>()
  const asked: number[] = []
  let underWay = 0
  const heard = new HeardTails<string>({
    listeners,
    async tails(rooms) {
      asked.push(rooms.length)
      expect(++underWay).toBe(1)
      await Promise.resolve()
      underWay--
      return rooms.map((room) => (room === 'room 2400' ? 'later' : 'first'))
    },
    isSame: (a, b) => a === b,
    repair: () => Promise.resolve(),
  })
  for (let n = 0; n < 2_500; n++) {
    listeners.add(`room ${n}`, () => undefined)
    heard.heard(`room ${n}`, 'first')
  }
  expect((await heard.suspects()).map(({ room }) => room)).toEqual(['room 2400'])
  expect(asked).toEqual([1_000, 1_000, 500])
})
