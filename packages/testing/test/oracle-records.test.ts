import { formatVerdict, judge, payloadHash, readRecords } from '@millrace/testing'
import { expect, it } from 'vitest'
import { at, attempt, cleanRun, event, gap, history, joined, loss, refused } from './oracle/lines.ts'

it('[ORC14] reads what was written, empty lines left out', () => {
  const more = [refused('x'), gap('rewound', at(3), at(2)), history(10), loss('erased')]
  const records = [...cleanRun(3), ...more]
  expect(readRecords(records.map((record) => `${JSON.stringify(record)}\n\n`).join(''))).toEqual(records)
  expect(readRecords('')).toEqual([])
})

it.each([
  ['a torn line', '{"actor":"bob","room":"ha', 'is not JSON'],
  ['no object', '[]', 'is not a record'],
  ['null', 'null', 'is not a record'],
  ['no room', '{"actor":"bob","type":"joined"}', 'is not a record'],
  ['an unknown type', '{"actor":"bob","room":"hall","type":"sang"}', 'is not a record'],
  ['a name of every object', '{"actor":"bob","room":"hall","type":"constructor"}', 'is not a record'],
  ['no position', JSON.stringify({ ...event('a', at(1)), position: 1 }), 'is not a record'],
  ['no reason', JSON.stringify({ ...gap('epoch', at(1), at(2)), reason: 'none' }), 'is not a record'],
])('[ORC14] refuses %s and names the line', (_what, line, message) => {
  expect(() => readRecords(`${JSON.stringify(joined())}\n${line}\n`)).toThrow(/^line 2 /)
  expect(() => readRecords(line)).toThrow(message)
})

it('[ORC15] tells the seed, the rules and the lines', () => {
  const records = [joined(), attempt('a'), event('a', at(1)), event('a', at(1)), event('b', at(2))]
  expect(formatVerdict(judge(records), records, 7).split('\n')).toEqual([
    'seed 7: 2 violations in 1 attempts, 0 acks, 3 events, 0 gaps, 0 losses (duplicate 1, invented 1)',
    'duplicate in hall: a reached bob twice',
    `  line 3: ${JSON.stringify(records[2])}`,
    `  line 4: ${JSON.stringify(records[3])}`,
    'invented in hall: nobody attempted to publish what stands at 2',
    `  line 5: ${JSON.stringify(records[4])}`,
  ])
})

it('[ORC15] tells the first of many, and how many there are', () => {
  const records = [joined(), ...Array.from({ length: 30 }, (_, index) => event(`k${index + 1}`, at(index + 1)))]
  const lines = formatVerdict(judge(records), records, 7).split('\n')
  expect(lines).toHaveLength(1 + 20 * 2 + 1)
  expect(lines.at(-1)).toBe('and 10 more')
})

it('[ORC15] tells a good run by what was judged, and an empty one by nothing', () => {
  const records = cleanRun(2)
  expect(formatVerdict(judge(records), records, 7)).toBe(
    'seed 7: 0 violations in 2 attempts, 2 acks, 2 events, 0 gaps, 0 losses',
  )
  expect(judge([]).counts).toEqual({ attempts: 0, acks: 0, events: 0, gaps: 0, losses: 0 })
})

it('[ORC8] hashes payloads by their content', () => {
  expect(payloadHash({ text: 'a', n: 1 })).toBe(payloadHash({ n: 1, text: 'a' }))
  expect(payloadHash({ text: 'a' })).not.toBe(payloadHash({ text: 'b' }))
  expect(payloadHash(null)).toMatch(/^[0-9a-f]{16}$/)
})
