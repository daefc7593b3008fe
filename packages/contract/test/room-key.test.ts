import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson, MillraceError, roomKey } from '@millrace/contract'

const json = fc.jsonValue({ maxDepth: 4 })
/** The same value with the members of its objects in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  )
}
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

it('[CON21] is JSON of the same value', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(asJson(value))
    }),
  )
})

it('[CON21] does not depend on the order of members', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
    }),
  )
})

it('[CON21] is a fixed point, so equal texts mean equal values', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))
    }),
  )
})

it('[CON21] leaves out undefined members, and tells text from numbers', () => {
  expect(canonicalJson({ b: 2, a: 1, c: undefined })).toBe('{"a":1,"b":2}')
  expect(canonicalJson(['1', 1, true, 'true', null])).toBe('["1",1,true,"true",null]')
  expect(canonicalJson(-0)).toBe(canonicalJson(0))
})

const notJson = [
  new Date(0),
  new Map([[1, 2]]),
  new Set([1]),
  /x/,
  Uint8Array.of(1),
  new (class Point {
    x = 1
  })(),
  Number.NaN,
  Infinity,
  1n,
  Symbol('x'),
  () => 1,
  undefined,
]
it.each(notJson.map((value) => [typeof value, value]))('[CON22] refuses %s', (_, value) => {
  for (const nested of [value, [value], ...(value === undefined ? [] : [{ value }])]) {
    expect(() => canonicalJson(nested)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }))
    expect(() => canonicalJson(nested)).toThrow(MillraceError)
  }
})

const part = fc.stringMatching(/^[\w.-]{1,12}$/)
const place = fc.record({ namespace: part.map((name) => `/${name}`), room: part, params: json })

it('[CON23] gives one key per namespace, room and parameters', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      const same = canonicalJson(a) === canonicalJson(b)
      expect(roomKey(a.namespace, a.room, a.params) === roomKey(b.namespace, b.room, b.params)).toBe(same)
    }),
  )
})

it('[CON23] can be read back', () => {
  fc.assert(
    fc.property(place, ({ namespace, room, params }) => {
      const key = roomKey(namespace, room, params)
      const [first, second] = key.split(' ', 2)
      expect([first, second]).toEqual([namespace, room])
      expect(JSON.parse(key.slice(`${namespace} ${room} `.length))).toEqual(asJson(params))
    }),
  )
})

it('[CON23] a room without parameters is the room with none', () => {
  expect(roomKey('/chat', 'lobby')).toBe('/chat lobby {}')
  expect(roomKey('/chat', 'lobby', {})).toBe('/chat lobby {}')
})
