// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import type { Message } from '../contract.ts'
import { withRequest, type MessageRow } from '../web/message-rows.ts'

const ada = { id: 'ada', name: 'Ada' }
const bob = { id: 'bob', name: 'Bob' }

const stored = (id: string, seq: number, part: Partial<Message> = {}): MessageRow => ({
  id,
  state: 'stored',
  value: {
    id,
    conversationId: 'lobby',
    seq,
    rev: 1,
    author: bob,
    at: seq,
    editedAt: null,
    isDeleted: false,
    text: `text of ${id}`,
    mentions: [],
    replyTo: null,
    image: null,
    reactions: [],
    ...part,
  },
})

type Changing = Parameters<typeof withRequest>[2]
type Part = { [N in Changing['name']]: Pick<Extract<Changing, { name: N }>, 'name' | 'input'> }[Changing['name']]

const request = (part: Part, state: 'pending' | 'failed' = 'pending'): Changing =>
  ({ key: 'k1', room: 'conversation', params: {}, at: 77, state, error: undefined, ...part }) as Changing

const rows = [stored('m1', 1), stored('m2', 2, { reactions: [{ emoji: '👍', userIds: ['bob'] }] })]

it('[CHP17] a message that waits is the last row, with its picture and what it answers', () => {
  const input = { text: '  Hello ', replyTo: 'm1', image: new Uint8Array([1]) }
  const shown = withRequest(ada, rows, request({ name: 'message.send', input }))
  expect(shown.slice(0, 2)).toEqual(rows)
  expect(shown[2]).toMatchObject({ id: 'k1', state: 'pending' })
  expect(shown[2]?.value).toMatchObject({ text: 'Hello', author: ada, at: 77, image: { id: 'k1' } })
  expect(shown[2]?.value.replyTo).toEqual({ id: 'm1', author: bob, text: 'text of m1' })
  expect(shown[2]?.value.seq).toBeGreaterThan(2)
})

it('[CHP17] an edit, a deletion and reactions show before they are answered, and leave other rows as they are', () => {
  const edited = withRequest(ada, rows, request({ name: 'message.edit', input: { id: 'm1', text: 'New' } }))
  expect(edited[0]).toMatchObject({ state: 'pending', value: { text: 'New', editedAt: 77 } })
  expect(edited[1]).toBe(rows[1])
  const deleted = withRequest(ada, rows, request({ name: 'message.delete', input: { id: 'm2' } }))
  expect(deleted[1]?.value).toMatchObject({ isDeleted: true, text: '', reactions: [] })
  const react = (emoji: '👍' | '🎉', isOn: boolean, before = rows) =>
    withRequest(ada, before, request({ name: 'message.react', input: { id: 'm2', emoji, isOn } }))[1]?.value.reactions
  expect(react('👍', true)).toEqual([{ emoji: '👍', userIds: ['bob', 'ada'] }])
  expect(react('🎉', true)).toEqual([...(rows[1]?.value.reactions ?? []), { emoji: '🎉', userIds: ['ada'] }])
  const own = [stored('m1', 1), stored('m2', 2, { reactions: [{ emoji: '👍', userIds: ['ada'] }] })]
  expect(react('👍', false, own)).toEqual([])
  expect(react('👍', true, own)).toEqual([{ emoji: '👍', userIds: ['ada'] }])
})

it('[CHP19] what failed marks its row and changes no more', () => {
  const failed = request({ name: 'message.edit', input: { id: 'm1', text: 'New' } }, 'failed')
  const shown = withRequest(ada, rows, failed)
  expect(shown[0]).toEqual({ ...rows[0], state: 'failed', request: failed })
  const later = withRequest(ada, shown, request({ name: 'message.delete', input: { id: 'm1' } }))
  expect(later[0]).toBe(shown[0])
})

it('[CHP17] a change of a message that is not on the page changes nothing', () => {
  expect(withRequest(ada, rows, request({ name: 'message.delete', input: { id: 'other' } }))).toEqual(rows)
})
