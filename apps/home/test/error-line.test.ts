import { expect, it } from 'vitest'
import { errorLine, logLine } from '../error-line.ts'

const at = new Date('2026-01-02T03:04:05.678Z')

it('[APP6] one line of JSON holds the error, its code, its stack and its cause', () => {
  const error = Object.assign(new Error('two\nlines', { cause: new Error('the disk is full') }), { code: 'EIO' })
  const line = errorLine(error, at)
  expect(line.indexOf('\n')).toBe(line.length - 1)
  expect(JSON.parse(line)).toEqual({
    at: '2026-01-02T03:04:05.678Z',
    level: 'error',
    message: 'two\nlines',
    code: 'EIO',
    stack: error.stack,
    cause: 'the disk is full',
  })
})

it.each([['text'], [undefined], [null], [42]])('[APP6] anything may be thrown: %o', (thrown) => {
  expect(JSON.parse(errorLine(thrown, at))).toEqual({ at: at.toISOString(), level: 'error', message: String(thrown) })
})

it('[CHT36] a line of the log is one line of JSON', () => {
  const line = logLine({ at: at.getTime(), level: 'warn', text: 'a "slow" store' })
  expect(line).toBe('{"at":"2026-01-02T03:04:05.678Z","level":"warn","message":"a \\"slow\\" store"}\n')
})
