import { withReaction } from '@millrace/app-design'
import type { RoomsOf } from '@millrace/contract'
import type { RoomRequest, Row } from '@millrace/react'
import type { chat, Message, PublicUser } from '../contract.ts'

export type MessageRow = Row<Message>
type Changing = RoomRequest<RoomsOf<typeof chat>['conversation']>

/** The rows as they will be when a request that waits has its answer. One that failed marks its row, and changes no more. */
export function withRequest(me: PublicUser, rows: readonly MessageRow[], request: Changing): readonly MessageRow[] {
  const { state } = request
  if (request.name === 'message.send')
    return [...rows, { id: request.key, value: unsent(me, rows, request), state, request }]
  if (!('id' in request.input)) return rows
  const { id } = request.input
  return rows.map((row) => {
    if (row.id !== id || row.state === 'failed') return row
    return { id, state, request, value: state === 'failed' ? row.value : changed(me, row.value, request) }
  })
}

function unsent(me: PublicUser, rows: readonly MessageRow[], request: Changing & { name: 'message.send' }): Message {
  const { text, replyTo, image } = request.input
  const quoted = rows.find(({ id }) => id === replyTo)?.value
  return {
    id: request.key,
    conversationId: '',
    seq: Infinity,
    rev: 1,
    author: me,
    at: request.at,
    editedAt: null,
    isDeleted: false,
    text: text.trim(),
    mentions: [],
    replyTo: quoted ? { id: quoted.id, author: quoted.author, text: quoted.text.slice(0, 200) } : null,
    // Its pixels are not known before the server has looked.
    image: image ? { id: request.key, width: 320, height: 240 } : null,
    reactions: [],
  }
}

function changed(me: PublicUser, message: Message, request: Changing): Message {
  if (request.name === 'message.edit') return { ...message, text: request.input.text.trim(), editedAt: request.at }
  if (request.name === 'message.delete') {
    return { ...message, isDeleted: true, text: '', image: null, reactions: [], mentions: [] }
  }
  if (request.name !== 'message.react') return message
  const { emoji, isOn } = request.input
  return { ...message, reactions: withReaction(message.reactions, me.id, emoji, isOn) }
}
