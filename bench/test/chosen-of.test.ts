import { expect, test } from 'vitest'
import { chosenOf } from '../scenarios/chosen-of.ts'

test('a scenario plays those of its contenders that were chosen, in its own order', () => {
  expect(chosenOf('burst', ['socket.io', 'ws', 'millrace'], ['millrace', 'redis-adapter', 'socket.io'])).toEqual([
    'socket.io',
    'millrace',
  ])
})

test('a scenario of which no contender was chosen says whom it knows', () => {
  expect(() => chosenOf('burst', ['socket.io', 'ws'], ['redis-adapter'])).toThrow('burst is played by socket.io,ws')
})
