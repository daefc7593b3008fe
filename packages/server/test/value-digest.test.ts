import { expect, it } from 'vitest'
import { valueDigest } from '../src/value-digest.ts'

it('[PIP18] values that differ in anything have different digests, equal ones the same', () => {
  const values = [
    undefined,
    null,
    true,
    false,
    0,
    1,
    -1,
    0.5,
    2 ** 40,
    '',
    '1',
    'a',
    'b',
    [],
    [1],
    ['1'],
    [[1]],
    [1, 2],
    [2, 1],
    {},
    { a: 1 },
    { b: 1 },
    { a: '1' },
    { a: { b: 1 } },
    { a: 1, b: 1 },
    [{ a: 1 }, 2],
    [{ a: 1, b: 2 }],
    new Uint8Array([]),
    new Uint8Array([1]),
    new Uint8Array([1, 0]),
  ]
  expect(new Set(values.map(valueDigest)).size).toBe(values.length)
  for (const value of values) expect(valueDigest(structuredClone(value))).toBe(valueDigest(value))
  expect(valueDigest(new Uint8Array([1, 2]).buffer)).toBe(valueDigest(new Uint8Array([1, 2])))
  for (const value of values) expect(Number.isSafeInteger(valueDigest(value))).toBe(true)
})
