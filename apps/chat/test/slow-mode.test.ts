import { expect, it } from 'vitest'
import { SlowMode } from '../slow-mode.ts'

it('[APP11] lets a burst of 100 pass, then one message in 500 ms, for each user apart', () => {
  const slowMode = new SlowMode()
  const burst = Array.from({ length: 100 }, () => slowMode.take('ada', 1_000))
  expect(burst).toEqual(Array.from({ length: 100 }, () => 0))
  expect(slowMode.take('ada', 1_000)).toBe(500)
  expect(slowMode.take('ada', 1_400)).toBe(100)
  expect(slowMode.take('ada', 1_500)).toBe(0)
  expect(slowMode.take('ada', 1_500)).toBe(500)
  expect(slowMode.take('bob', 1_500)).toBe(0)
})

it('[APP11] remembers those who wait when it forgets the others', () => {
  const slowMode = new SlowMode()
  for (let count = 0; count < 100; count++) slowMode.take('ada', 0)
  for (let user = 0; user < 10_000; user++) slowMode.take(`user ${user}`, 0)
  expect(slowMode.take('late', 600)).toBe(0)
  expect(slowMode.take('ada', 400)).toBe(100)
})
