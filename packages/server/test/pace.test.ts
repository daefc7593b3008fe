import { expect, it } from 'vitest'
import { Pace } from '../src/pace.ts'

const options = { burst: 100, intervalMs: 500 }

it('[PIP50] lets a burst of 100 pass, then one in 500 ms, for each key apart', () => {
  const pace = new Pace(options)
  const burst = Array.from({ length: 100 }, () => pace.take('ada', 1_000))
  expect(burst).toEqual(Array.from({ length: 100 }, () => 0))
  expect(pace.take('ada', 1_000)).toBe(500)
  expect(pace.take('ada', 1_400)).toBe(100)
  expect(pace.take('ada', 1_500)).toBe(0)
  expect(pace.take('ada', 1_500)).toBe(500)
  expect(pace.take('bob', 1_500)).toBe(0)
})

it('[PIP51] remembers those who wait when it forgets the others', () => {
  const pace = new Pace(options)
  for (let count = 0; count < 100; count++) pace.take('ada', 0)
  for (let user = 0; user < 10_000; user++) pace.take(`user ${user}`, 0)
  expect(pace.take('late', 600)).toBe(0)
  expect(pace.take('ada', 400)).toBe(100)
})

it('[PIP51] holds everybody to the pace, also where more than `maxKeys` wait', () => {
  const pace = new Pace({ burst: 1, intervalMs: 1_000, maxKeys: 2 })
  const keys = Array.from({ length: 20 }, (_, at) => `user ${at}`)
  expect(keys.map((key) => pace.take(key, 0))).toEqual(keys.map(() => 0))
  expect(keys.map((key) => pace.take(key, 400))).toEqual(keys.map(() => 600))
  expect(keys.map((key) => pace.take(key, 1_000))).toEqual(keys.map(() => 0))
})
