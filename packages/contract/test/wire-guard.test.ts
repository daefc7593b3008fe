import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardWire } from '@millrace/contract'

/** Nested arrays, `depth` of them. */
function nest(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

describe('limits', () => {
  it('[WIR3] takes 32 levels and refuses 33', () => {
    expect(guardWire(nest(32))).toBeUndefined()
    expect(guardWire(nest(33))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', path: '[0]'.repeat(32) })
    expect(guardWire({ a: { b: {} } }, { maxDepth: 2, maxKeys: 10 })).toMatchObject({
      code: 'PAYLOAD_TOO_LARGE',
      path: 'a.b',
    })
  })

  it('[WIR3] takes 1,000 keys and elements of all levels together, and refuses 1,001', () => {
    const items = (count: number) => ({ items: Array.from({ length: count }, () => 0) })
    expect(guardWire(items(999))).toBeUndefined()
    expect(guardWire(items(1_000))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', path: 'items' })
  })

  it('[WIR3] ends on a value that contains itself', () => {
    const loop: Record<string, unknown> = {}
    loop.loop = loop
    expect(guardWire(loop)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  })
})

describe('values', () => {
  it.each(['__proto__', 'constructor', 'prototype', '_placeholder'])(
    '[WIR4] refuses the key %s at every depth',
    (key) => {
      const value: unknown = JSON.parse(`{"a":[{"${key}":1}]}`)
      expect(guardWire(value)).toMatchObject({ code: 'INVALID_INPUT', path: `a[0].${key}` })
      expect(guardWire(JSON.parse(`{"${key}":{}}`))).toMatchObject({ code: 'INVALID_INPUT', path: key })
    },
  )

  const orphan: unknown = Object.create(Object.create(null) as object)
  const refused: readonly unknown[] = [
    () => 1,
    Symbol('x'),
    1n,
    Number.NaN,
    -Infinity,
    new Date(0),
    new Map(),
    /x/,
    new Float32Array(1),
    new Error('x'),
    orphan,
    Object.assign(new (class Own {})(), { constructor: null }),
  ]
  it.each(refused.map((value) => [typeof value, value]))('[WIR5] refuses what JSON would change: %s', (_, value) => {
    expect(guardWire(value)).toMatchObject({ code: 'INVALID_INPUT' })
    expect(guardWire({ a: [value] })).toMatchObject({ code: 'INVALID_INPUT', path: 'a[0]' })
  })

  it('[WIR5] an absent payload passes, an undefined element does not', () => {
    expect(guardWire(undefined)).toBeUndefined()
    expect(guardWire({ a: undefined })).toBeUndefined()
    expect(guardWire([undefined])).toMatchObject({ code: 'INVALID_INPUT', path: '[0]' })
  })

  it('[WIR5] what passes is unchanged by JSON, whatever was tried', () => {
    const anything = fc.anything({
      withDate: true,
      withMap: true,
      withSet: true,
      withBigInt: true,
      withNullPrototype: true,
      withSparseArray: true,
    })
    fc.assert(
      fc.property(anything, (value) => {
        if (value === undefined || guardWire(value)) return
        expect(JSON.parse(JSON.stringify(value))).toEqual(withoutMinusZero(value))
      }),
    )
  })

  it('[WIR5] all JSON within the limits passes', () => {
    const limits = { maxDepth: 32, maxKeys: 100_000 }
    const ordinary = fc
      .jsonValue({ maxDepth: 5 })
      .filter((value) => !/"(__proto__|constructor|prototype|_placeholder)":/.test(JSON.stringify(value)))
    fc.assert(
      fc.property(ordinary, (value) => {
        expect(guardWire(value, limits)).toBeUndefined()
      }),
    )
  })

  it('[WIR6] bytes are one leaf, however many', () => {
    const large = new Uint8Array(100_000)
    for (const bytes of [large, large.buffer, Buffer.from(large)]) {
      expect(guardWire(bytes)).toBeUndefined()
      expect(guardWire({ file: bytes }, { maxDepth: 1, maxKeys: 1 })).toBeUndefined()
      const whole = { maxDepth: 32, maxKeys: 1_000, allowNestedBytes: false }
      expect(guardWire(bytes, whole)).toBeUndefined()
      expect(guardWire({ file: bytes }, whole)).toMatchObject({ code: 'INVALID_INPUT', path: 'file' })
    }
  })
})

describe('size', () => {
  const within = (maxPayloadBytes: number) => ({ maxDepth: 32, maxKeys: 100_000, maxPayloadBytes })
  const size = (value: unknown) => Buffer.byteLength(JSON.stringify(value))
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"', '\\', '\n\u0000', '\ud800', '\udc00\ud800'),
  )
  // No numbers, whose size is a rule and not a fact.
  const { value: sized } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, text, fc.boolean(), fc.constant(null), tie('array'), tie('object')),
    array: fc.array(tie('value'), { maxLength: 5 }),
    object: fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), text), tie('value'), { maxKeys: 5 }).filter((value) => {
      return !['__proto__', 'constructor', 'prototype', '_placeholder'].some((key) => Object.hasOwn(value, key))
    }),
  }))

  it('[WIR22] is that of the JSON, to the byte', () => {
    fc.assert(
      fc.property(sized, (value) => {
        expect(guardWire(value, within(size(value)))).toBeUndefined()
        expect(guardWire(value, within(size(value) - 1))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
      }),
    )
  })

  it('[WIR22] a number counts as 8, bytes as themselves', () => {
    expect(guardWire([1, 2], within(19))).toBeUndefined()
    expect(guardWire([1, 2], within(18))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
    expect(guardWire(new Uint8Array(10), within(10))).toBeUndefined()
    expect(guardWire(new Uint8Array(11), within(10))).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  })

  it('[WIR22] names the place where the limit is passed', () => {
    expect(guardWire({ a: 'x', items: ['short', 'x'.repeat(99)] }, within(64))).toMatchObject({ path: 'items[1]' })
  })
})

function withoutMinusZero(value: unknown): unknown {
  if (value === 0) return 0
  if (Array.isArray(value)) return value.map(withoutMinusZero)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutMinusZero(member)]))
}
