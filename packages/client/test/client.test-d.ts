import type { Position, MillraceError } from '@millrace/contract'
import type { Client } from '@millrace/client'
import { admin, chat } from './support/chat.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(_: Equal<A, B>): void {}

export async function types(client: Client): Promise<void> {
  const ns = client.use(chat)
  const room = ns.room('conversation', { conversationId: 'a' })
  const lobby = ns.room('lobby')

  // [CLI38] what is received has the type of its schema's output
  const created = await ns.request('conversation.create', { title: 'x' })
  same<typeof created, { id: string; createdAt: Date }>(true)
  const outcome = await ns.tryRequest('conversation.create', { title: 'x' })
  if (!outcome.ok && outcome.error.code === 'TITLE_TAKEN') same<typeof outcome.error.data, { suggestion: string }>(true)
  ns.on('notice', (notice) => same<typeof notice, { text: string }>(true))
  ns.answer('confirm', ({ text }) => text.length > 0)
  const { snapshot, recovered } = await room.join()
  same<typeof snapshot, { messages: { text: string }[] }>(true)
  same<typeof recovered, boolean>(true)
  room.on('message', (message, meta) => {
    same<typeof message, { text: string }>(true)
    same<typeof meta.position, Position>(true)
    same<typeof meta.replayed, boolean>(true)
  })
  room.on('file', (file) => same<typeof file, Uint8Array>(true))
  room.on('score', (score, meta) => {
    same<typeof score, { player: string; points: number }>(true)
    same<typeof meta.key, string>(true)
    // @ts-expect-error a value of keyed state has no position
    void meta.position
  })
  room.on('typing', (_typing, meta) => {
    // @ts-expect-error a volatile event has no position
    void meta.position
  })
  room.on('gap', (gap) => same<typeof gap.snapshot, { messages: { text: string }[] } | undefined>(true))
  room.on('kicked', (error) => same<typeof error, MillraceError>(true))
  room.on('removed', ({ name }) => same<typeof name, 'score'>(true))
  const scores = room.state('score')
  same<typeof scores, ReadonlyMap<string, { player: string; points: number }>>(true)
  const published = await room.publish('said', { text: 'x' })
  same<typeof published.position, Position>(true)
  const nothing = room.publish('typing', { who: 'me' })
  same<typeof nothing, void>(true)
  const { events } = await room.history()
  for (const past of events) {
    same<typeof past.name, 'message' | 'renamed' | 'file' | 'said'>(true)
    if (past.name === 'renamed') same<typeof past.payload, { title: string }>(true)
  }
  const [member] = lobby.presence.members()
  same<NonNullable<typeof member>['user'], { name: string }>(true)
  same<NonNullable<typeof member>['metas'][number]['state'], { status: 'active' | 'away' }>(true)
  same<typeof room.presence, undefined>(true)
  const answer = await client.use(admin).request('stop', {})
  same<typeof answer, null>(true)
  if (client.state.state === 'waiting') same<typeof client.state.retryInMs, number>(true)

  // [CLI38] names that the contract does not have do not compile
  // @ts-expect-error no request of the namespace
  void ns.request('conversation.delete', {})
  // @ts-expect-error no event of the namespace
  ns.on('message', () => {})
  // @ts-expect-error no question
  ns.answer('notice', () => true)
  // @ts-expect-error no room
  ns.room('kitchen')
  // @ts-expect-error no event of the room
  room.on('notice', () => {})
  // @ts-expect-error no request of the room
  void room.request('conversation.create', { title: 'x' })
  // @ts-expect-error not a latest event
  room.state('message')
  // @ts-expect-error the contract of the other namespace
  void client.use(admin).request('conversation.create', { title: 'x' })

  // [CLI38] inputs, payloads, answers and states that do not fit do not compile
  // @ts-expect-error the input has a title
  void ns.request('conversation.create', { name: 'x' })
  // @ts-expect-error a title is text
  void ns.request('conversation.create', { title: 7 })
  // @ts-expect-error the answer is a boolean
  ns.answer('confirm', () => 'yes')
  // @ts-expect-error the room has parameters
  ns.room('conversation')
  // @ts-expect-error the parameter is a text
  ns.room('conversation', { conversationId: 7 })
  // @ts-expect-error the room has no parameters
  ns.room('lobby', { conversationId: 'a' })
  // @ts-expect-error members do not publish it
  room.publish('message', { text: 'x' })
  // @ts-expect-error a volatile event has no key
  room.publish('typing', { who: 'me' }, { key: 'k' })
  // @ts-expect-error the payload has a text
  void room.publish('said', {})
  // @ts-expect-error the room has presence
  void lobby.join()
  // @ts-expect-error no such status
  void lobby.join({ presence: { status: 'asleep' } })
  // @ts-expect-error no such status
  void lobby.presence.set({ status: 'asleep' })
  // @ts-expect-error the room has no presence
  void room.join({ presence: { status: 'active' } })
}
