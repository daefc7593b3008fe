import fc from 'fast-check'
import { expect, it } from 'vitest'
import { entryNameFault, splitVersionedName, versionedName, wireNames } from '@millrace/contract'

it.each(Object.entries(wireNames))('[WIR1] %s is %s, which no contract can declare', (key, name) => {
  expect(name).toBe(`~${key}`)
  expect(entryNameFault(name)).toContain('begins with ~')
})

const name = fc.stringMatching(/^[\w.:-]{1,64}$/)
const version = fc.integer({ min: 1, max: 1_000_000 })

it('[WIR2] reading is the inverse of writing', () => {
  expect(versionedName('message', 1)).toBe('message')
  expect(versionedName('message', 2)).toBe('message@2')
  fc.assert(
    fc.property(name, version, (n, v) => {
      expect(splitVersionedName(versionedName(n, v))).toEqual({ name: n, version: v })
    }),
  )
})

it('[WIR2] writing is the inverse of reading, for any text', () => {
  const almost = fc.tuple(
    name,
    fc.constantFrom('@', '@0', '@1', '@01', '@2', '@2 ', '@2e1', '@-2', '@1.5', '@NaN', '@9999999', '@2@2'),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        almost.map((parts) => parts.join('')),
      ),
      (text) => {
        const read = splitVersionedName(text)
        expect(versionedName(read.name, read.version)).toBe(text)
        if (text.includes('@') && read.version === 1) expect(entryNameFault(read.name)).toBeDefined()
      },
    ),
  )
})
