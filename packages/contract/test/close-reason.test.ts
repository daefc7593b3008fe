import fc from 'fast-check'
import { expect, it } from 'vitest'
import { closeReason, closeTable, parseCloseReason, type CloseCode } from '@millrace/contract'

it.each(Object.keys(closeTable) as CloseCode[])(
  '[WIR18] %s tells when to come back, and is read as written',
  (code) => {
    const reason = closeReason(code)
    expect(reason).toEqual({ code, reconnect: closeTable[code].reconnect })
    expect(parseCloseReason(JSON.parse(JSON.stringify(reason)))).toEqual(reason)
  },
)

it('[WIR19] a code of a newer server keeps its reconnect', () => {
  expect(parseCloseReason({ code: 'MOVED', reconnect: 'backoff', retryAfterMs: 500, more: 1 })).toEqual({
    code: 'MOVED',
    reconnect: 'backoff',
    retryAfterMs: 500,
  })
})

it.each([
  null,
  undefined,
  'SLOW',
  {},
  { code: 'SLOW' },
  { code: 7, reconnect: 'never' },
  { code: 'SLOW', reconnect: 'soon' },
])('[WIR19] %j is no close reason', (value) => {
  expect(parseCloseReason(value)).toBeUndefined()
})

it('[WIR19] a pause is a finite number from 0', () => {
  expect(closeReason('SHUTDOWN', 0)).toHaveProperty('retryAfterMs', 0)
  for (const retryAfterMs of [-1, Infinity, Number.NaN, '5', null]) {
    expect(parseCloseReason({ code: 'SLOW', reconnect: 'backoff', retryAfterMs })).toEqual({
      code: 'SLOW',
      reconnect: 'backoff',
    })
  }
})

it('[WIR19] never throws', () => {
  fc.assert(fc.property(fc.anything(), (value) => void parseCloseReason(value)))
})
