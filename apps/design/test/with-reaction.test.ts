import { expect, it } from 'vitest'
import { withReaction } from '../src/message/with-reaction.ts'

it('[DSG44] a reaction is added once and taken back, others stay, and one that nobody gives is gone', () => {
  const before = [{ emoji: '👍', userIds: ['bob'] }]
  const both = withReaction(before, 'ada', '👍', true)
  expect(both).toEqual([{ emoji: '👍', userIds: ['bob', 'ada'] }])
  expect(withReaction(both, 'ada', '👍', true)).toEqual(both)
  expect(withReaction(both, 'ada', '🎉', true)).toEqual([...both, { emoji: '🎉', userIds: ['ada'] }])
  expect(withReaction(both, 'ada', '👍', false)).toEqual(before)
  expect(withReaction(before, 'bob', '👍', false)).toEqual([])
  expect(withReaction([], 'ada', '🎉', false)).toEqual([])
  expect(before).toEqual([{ emoji: '👍', userIds: ['bob'] }])
})
