import fc from 'fast-check'
import { expect, it } from 'vitest'
import { charts } from '../contract.ts'
import { LineBuffer } from '../log/line-buffer.ts'

const { payload: Line } = charts.rooms.log.events.line

it('[CHT31] a line that is said again is one line with a count, 5 s after the one before', () => {
  const buffer = new LineBuffer()
  buffer.add('warn', 'slow', 1)
  expect(buffer.take(0)).toEqual({ at: 1, level: 'warn', text: 'slow', count: 1 })
  for (let at = 2; at < 100; at++) buffer.add('warn', 'slow', at)
  buffer.add('error', 'slow', 100)
  expect(buffer.take(10)).toEqual({ at: 100, level: 'error', text: 'slow', count: 1 })
  expect(buffer.take(4_999)).toBeUndefined()
  expect(buffer.take(5_000)).toEqual({ at: 2, level: 'warn', text: 'slow', count: 98 })
  expect(buffer.take(60_000)).toBeUndefined()
})

it('[CHT32] of the least level the oldest is left out, and counted', () => {
  const buffer = new LineBuffer({ maxLines: 3 })
  buffer.add('error', 'an error', 0)
  buffer.add('debug', 'debug 1', 1)
  buffer.add('debug', 'debug 1', 1)
  buffer.add('debug', 'debug 2', 2)
  buffer.add('info', 'info', 3)
  buffer.add('warn', 'warn', 4)
  expect([0, 0, 0].map(() => buffer.take(0)?.text)).toEqual(['an error', 'info', 'warn'])
  expect(buffer.take(0)).toBeUndefined()
  expect(buffer.takeLeftOut()).toBe(3)
  expect(buffer.takeLeftOut()).toBe(0)
})

it('[CHT30] whatever is said, what is taken may stand in a line', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.constantFrom('\ud83d', '\r\n', '\u202e', ''))
  fc.assert(
    fc.property(text, (said) => {
      const buffer = new LineBuffer()
      const shown = buffer.add('info', said, 5)
      const line = buffer.take(0)
      expect(line?.text).toBe(shown)
      if (line === undefined) return
      expect(Line.safeParse({ ...line, node: 'node-1' }).success).toBe(true)
      expect(line.text).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u202e]/u)
    }),
    { numRuns: 50 },
  )
  const buffer = new LineBuffer()
  expect(buffer.add('info', ` two\n\tlines ${'x'.repeat(600)}`, 0)).toHaveLength(498)
  expect(buffer.add('info', ' \n ', 0)).toBeUndefined()
})
