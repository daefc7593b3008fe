import { expect, it } from 'vitest'
import { emptyTimeline, withPage, withPosted, type Posted } from '../web/timeline.ts'

function posted(offset: number, id = `m${offset}`): Posted {
  const author = { id: 'u1', name: 'Ada' }
  return {
    position: { epoch: 'e', offset, id: `x${offset}` },
    key: `k${offset}`,
    at: offset,
    message: { id, author, text: id },
  }
}

const ids = (list: readonly Posted[]) => list.map(({ message }) => message.id)

it('[APP15] live messages that come before the page they belong after are in order, and once', () => {
  const live = withPosted(withPosted(emptyTimeline, [posted(8)]), [posted(9)])
  const page = { posted: [posted(5), posted(6), posted(7), posted(8)], from: posted(5).position, more: true }
  const whole = withPage(live, page)
  expect(ids(whole.posted)).toEqual(['m5', 'm6', 'm7', 'm8', 'm9'])
  expect(whole.hasOlder).toBe(true)
  expect(whole.oldest).toEqual(posted(5).position)
})

it('[APP15] an empty page ends the search for older messages and keeps the place', () => {
  const first = withPage(emptyTimeline, { posted: [posted(3)], from: posted(3).position, more: true })
  const whole = withPage(first, { posted: [], from: undefined, more: false })
  expect(whole).toEqual({ posted: [posted(3)], hasOlder: false, oldest: posted(3).position })
})

it('[APP10] a message that was stored twice, since its retry came too late, is shown once', () => {
  expect(ids(withPosted(emptyTimeline, [posted(1, 'same'), posted(2), posted(3, 'same')]).posted)).toEqual([
    'same',
    'm2',
  ])
})
