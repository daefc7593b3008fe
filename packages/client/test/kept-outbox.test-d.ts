import type { Client } from '@millrace/client'
import { createOutbox, holdRoom, memoryOutbox } from '@millrace/client/outbox'
import { chat } from './support/chat.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function same<A, B>(_: Equal<A, B>): void {}

export function types(client: Client): void {
  const store = memoryOutbox()
  const outbox = createOutbox(client, chat, { store, joins: { lobby: { presence: { status: 'away' } } } })
  const params = { conversationId: 'a' }

  // [KEP24] names, parameters and inputs are those of the contract
  const key = outbox.send('conversation', params, 'message.send', { text: 'hi' })
  same<typeof key, string>(true)
  // @ts-expect-error no room of the contract
  outbox.send('kitchen', params, 'message.send', { text: 'hi' })
  // @ts-expect-error the parameter is named otherwise
  outbox.send('conversation', { id: 'a' }, 'message.send', { text: 'hi' })
  // @ts-expect-error no request of the room
  outbox.send('conversation', params, 'conversation.create', { title: 'hi' })
  // @ts-expect-error the input has a text
  outbox.send('conversation', params, 'message.send', { title: 'hi' })

  // [KEP24] so are what is kept and what is answered
  for (const request of outbox.requests()) {
    same<typeof request.room, 'conversation'>(true)
    same<typeof request.params, { conversationId: string }>(true)
    if (request.name === 'message.send') same<typeof request.input, { text: string }>(true)
  }
  outbox.on('answered', (answered) => {
    if (answered.name === 'message.send') same<typeof answered.answer, { text: string }>(true)
  })
  // @ts-expect-error no such event
  outbox.on('sent', () => {})

  // [KEP24] rooms with presence need to know how they are joined
  // @ts-expect-error no joins at all
  createOutbox(client, chat, { store })
  // @ts-expect-error none for the lobby
  createOutbox(client, chat, { store, joins: {} })
  // @ts-expect-error not a state of it
  createOutbox(client, chat, { store, joins: { lobby: { presence: { status: 'busy' } } } })

  // [KEP24] a hold has the snapshot of its room
  const hold = holdRoom(client.use(chat).room('conversation', params))
  void hold.joined.then(({ snapshot }) => same<typeof snapshot, { messages: { text: string }[] }>(true))
  holdRoom(client.use(chat).room('lobby'), { presence: { status: 'active' } })
  // @ts-expect-error not a state of it
  holdRoom(client.use(chat).room('lobby'), { presence: { status: 'busy' } })
}
