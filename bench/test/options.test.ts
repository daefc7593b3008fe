import { expect, test } from 'vitest'
import { parseOptions } from '../options.ts'

test('all stands for every scenario, five rounds and every contender', () => {
  const { scenarios, rounds, contenders, resultsFile } = parseOptions(['all'])
  expect(scenarios.map(({ name }) => name)).toEqual([
    'fan-out',
    'burst',
    'stream',
    'latest',
    'small-rooms',
    'slow-reader',
    'series',
    'request',
    'idle',
    'connect',
    'collab',
    'collab-open',
    'collab-memory',
    'cross-node',
    'interest',
    'recovery',
    'publish',
  ])
  expect(rounds).toBe(5)
  expect(resultsFile).toMatch(/bench\/RESULTS\.md$/)
  expect(contenders[0]).toBe('socket.io')
})

test('readers stall for a minute where nothing else is played', () => {
  expect(parseOptions(['slow-reader']).stallSeconds).toBe(60)
  expect(parseOptions(['all']).stallSeconds).toBe(15)
  expect(parseOptions(['slow-reader', 'burst', '--stall-seconds', '7']).stallSeconds).toBe(7)
})

test('options are read', () => {
  const options = parseOptions(['burst', '--rounds', '3', '--json', 'out.json', '--contenders', 'ws,socket.io'])
  expect(options).toMatchObject({ rounds: 3, jsonFile: 'out.json', contenders: ['ws', 'socket.io'] })
  expect(options.resultsFile).toBeUndefined()
  expect(options.scenarios.map(({ name }) => name)).toEqual(['burst'])
})

test.each([
  [[], 'name a scenario, or all'],
  [
    ['fanout'],
    'there is no scenario fanout; name one of fan-out|burst|stream|latest|small-rooms|slow-reader|series|request|idle|connect|collab|collab-open|collab-memory|cross-node|interest|recovery|publish|all',
  ],
  [['burst', '--rounds', '0'], '--rounds takes a whole number from 1 to 1000, not 0'],
  [['burst', '--contenders', 'sockjs'], 'there is no contender "sockjs"'],
])('%j is refused with what to write instead', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message)
})
