import { expect, it } from 'vitest'
import { logItems, type LogItem } from '../web/log-items.ts'
import { withDraft } from '../web/drafts.ts'

const ada = { id: 'u1', name: 'Ada' }
const bob = { id: 'u2', name: 'Bob' }
const dayOf = (at: number) => `day ${Math.floor(at / 86_400_000)}`
const minute = 60_000

function post(offset: number, author: typeof ada, at: number) {
  return {
    position: { epoch: 'e', offset, id: 'x' },
    key: null,
    at,
    message: { id: `m${offset}`, author, text: 'text' },
  }
}

const shape = (items: readonly LogItem[]) =>
  items.map((item) => (item.kind === 'day' ? 'day' : `${item.author.name}${item.isContinued ? ' again' : ''}`))

it('[APP12] names an author again after somebody else, after a pause and on another day', () => {
  const posted = [
    post(1, ada, minute),
    post(2, ada, 2 * minute),
    post(3, bob, 3 * minute),
    post(4, ada, 4 * minute),
    post(5, ada, 9 * minute),
    post(6, ada, 86_400_000),
  ]
  expect(shape(logItems(posted, [], ada, dayOf))).toEqual([
    'day',
    'Ada',
    'Ada again',
    'Bob',
    'Ada',
    'Ada',
    'day',
    'Ada',
  ])
})

it('[APP13] our own unsent messages stand at the end, marked', () => {
  const items = logItems([post(1, bob, minute)], withDraft([], 'k1', 'mine', 2 * minute), ada, dayOf)
  expect(items.at(-1)).toMatchObject({ key: 'draft k1', isOwn: true, state: 'waiting', text: 'mine' })
  expect(items.at(-2)).toMatchObject({ isOwn: false, state: 'posted' })
})

it('[APP12] no two items share a key, also where somebody sends under the key of another', () => {
  const posted = [post(1, bob, 0), post(2, ada, 0)].map((entry) => ({ ...entry, key: 'k1' }))
  const keys = logItems(posted, withDraft([], 'k1', 'mine', 0), ada, dayOf).map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
})
