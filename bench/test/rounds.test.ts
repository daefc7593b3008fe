import { expect, test } from 'vitest'
import { playRounds } from '../rounds.ts'

test('rounds are interleaved, each begins with the next contender, and warm-ups are dropped', async () => {
  const played: string[] = []
  const plan = { contenders: ['a', 'b', 'c'], rounds: 2, warmUps: 1 } as const
  const kept = await playRounds(plan, (contender, isWarmUp) => {
    played.push(isWarmUp ? `(${contender})` : contender)
    return Promise.resolve(played.length)
  })
  expect(played.join(' ')).toBe('(a) (b) (c) b c a c a b')
  expect(Object.fromEntries(kept)).toEqual({ a: [6, 8], b: [4, 9], c: [5, 7] })
})
