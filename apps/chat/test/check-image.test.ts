import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkImage } from '../check-image.ts'
import { onePixel, pngOf, turnedJpeg } from './pictures.ts'

it.each(Object.entries(onePixel))('[APP40] takes a %s, and says what it is', (kind, bytes) => {
  expect(checkImage(bytes)).toEqual({ type: `image/${kind}`, width: 1, height: 1, bytes })
})

it('[APP40] takes up to 8,000 pixels an edge', () => {
  expect(checkImage(pngOf(8_000, 3))).toMatchObject({ width: 8_000, height: 3 })
  expect(checkImage(pngOf(8_001, 3))).toBeUndefined()
  expect(checkImage(pngOf(3, 8_001))).toBeUndefined()
  expect(checkImage(pngOf(0, 3))).toBeUndefined()
})

it('[APP40] a picture that is shown turned has the size that is seen', () => {
  expect(checkImage(turnedJpeg(300, 200))).toMatchObject({ type: 'image/jpeg', width: 200, height: 300 })
})

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

it.each([
  ['nothing', new Uint8Array()],
  ['text', text('this is no picture')],
  ['a page', text('<!doctype html><script>alert(1)</script>')],
  ['a drawing that may hold script', text('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
  ['a BMP', text('BM'.padEnd(60, '\u0001'))],
  ['half a head', onePixel.png.subarray(0, 18)],
])('[APP40] refuses %s', (_what, bytes) => expect(checkImage(bytes)).toBeUndefined())

it('[APP40] whatever comes after the first bytes, it throws nothing', () => {
  const heads = Object.values(onePixel).map((file) => Buffer.from(file))
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.nat(40), fc.uint8Array({ maxLength: 300 }), (head, length, rest) => {
      const picture = checkImage(new Uint8Array(Buffer.concat([head.subarray(0, length), rest])))
      expect(picture === undefined || Math.max(picture.width, picture.height) <= 8_000).toBe(true)
    }),
  )
})
