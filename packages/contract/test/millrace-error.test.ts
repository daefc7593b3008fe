import { expect, it } from 'vitest'
import { errorTable, fail, isErrorCode, MillraceError } from '@millrace/contract'

it('[CON26] crosses the wire with what it has', () => {
  expect(fail('FORBIDDEN', 'Not a member; ask to be invited.').toWire()).toEqual({
    code: 'FORBIDDEN',
    message: 'Not a member; ask to be invited.',
  })
  const full = new MillraceError('SLOW_MODE', 'Wait.', {
    path: 'text',
    retryAfterMs: 0,
    data: { seconds: 3 },
    cause: new Error('x'),
  })
  expect(full.toWire()).toEqual({
    code: 'SLOW_MODE',
    message: 'Wait.',
    path: 'text',
    retryAfterMs: 0,
    data: { seconds: 3 },
  })
})

it('[CON26] is an Error that keeps its cause to itself', () => {
  const cause = new Error('connection refused')
  const error = fail('UNAVAILABLE', 'Try again.', { cause })
  expect(error).toBeInstanceOf(Error)
  expect(error.cause).toBe(cause)
  expect(JSON.stringify(error.toWire())).not.toContain('refused')
  expect(fail('INTERNAL', 'x')).not.toHaveProperty('cause')
})

it('[CON26] an empty path is no path', () => {
  expect(fail('INVALID_INPUT', 'x', { path: '' }).path).toBeUndefined()
})

it('[CON26] knows the rule of its code', () => {
  expect(fail('OUTCOME_UNKNOWN', 'x').rule).toBe(errorTable.OUTCOME_UNKNOWN)
  expect(new MillraceError('SLOW_MODE', 'x').rule).toMatchObject({ fault: 'client', happened: 'no', retry: 'never' })
  expect(new MillraceError('toString', 'x').rule).toMatchObject({ fault: 'client' })
})

it('[CON26] a code is one of the table or not', () => {
  expect(isErrorCode('TIMEOUT')).toBe(true)
  for (const other of ['timeout', 'SLOW_MODE', '__proto__', 'toString', '', 7, null, undefined])
    expect(isErrorCode(other)).toBe(false)
})
