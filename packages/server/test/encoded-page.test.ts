import { expect, it } from 'vitest'
import type { Entry } from '../src/ports/event-log.ts'
import { EncodedPage } from '../src/room/encoded-page.ts'

const entry = (offset: number, payload = `${offset}`): Entry => ({
  epoch: 'e',
  offset,
  id: `id${offset}`,
  prev: offset === 1 ? '' : `id${offset - 1}`,
  key: null,
  at: 0,
  from: null,
  name: 'message',
  payload,
})

it('encodes a page once for members who miss the same, and another one for those who miss something else', () => {
  const page = new EncodedPage(7)
  const all = [entry(1), entry(2), entry(3)]
  const first = page.frameOf(all)
  expect(page.frameOf([...all])).toBe(first)
  const shorter = page.frameOf(all.slice(1))
  expect(shorter.body).toContain('"from":2')
  const longer = page.frameOf([...all, entry(4)])
  expect(longer.body).toContain('"from":1')
  expect(longer.body).toContain('"to":4')
  expect(page.frameOf(all).body).toBe(first.body)
})
