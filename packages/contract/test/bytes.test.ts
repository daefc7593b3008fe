import { expect, it } from 'vitest'
import { bytes, parse } from '@millrace/contract'

const three = Uint8Array.of(1, 2, 3)

it('[CON20] takes a Uint8Array as it is, a Buffer too', () => {
  expect(parse(bytes(), three, 'payload')).toEqual({ ok: true, value: three })
  const buffer = Buffer.from(three)
  expect(parse(bytes(), buffer, 'payload')).toHaveProperty('value', buffer)
})

it('[CON20] gives the bytes of an ArrayBuffer, as browsers receive them', () => {
  expect(parse(bytes(), three.slice().buffer, 'payload')).toEqual({ ok: true, value: three })
})

it.each(['text', [1, 2], null, undefined, { length: 1 }, new Float32Array(1)])('[CON20] refuses %j', (value) => {
  expect(parse(bytes(), value, 'payload')).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
})

it('[CON20] refuses more than maxBytes', () => {
  expect(parse(bytes({ maxBytes: 3 }), three, 'payload')).toMatchObject({ ok: true })
  expect(parse(bytes({ maxBytes: 2 }), three, 'payload')).toMatchObject({
    ok: false,
    error: { message: 'payload is invalid: expected at most 2 bytes' },
  })
})
