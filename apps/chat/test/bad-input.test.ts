import type { MillraceError } from '@millrace/contract'
import { io, type Socket } from 'socket.io-client'
import { expect, it, onTestFinished } from 'vitest'
import type { Message } from '../contract.ts'
import { onePixel, pngOf } from './pictures.ts'
import { databaseFile, startChat, type ChatNode } from './start-chat.ts'

type Answer = {
  readonly ok: boolean
  readonly data?: unknown
  readonly error?: Pick<MillraceError, 'code' | 'message'>
}

/** Sends whatever it is told to: a client of ours would refuse most of it itself. */
class Rude {
  readonly #socket: Socket

  constructor(url: string, id: string) {
    this.#socket = io(`${url}/chat`, { auth: { id, name: id }, transports: ['websocket'], forceNew: true })
    onTestFinished(() => void this.#socket.close())
  }

  ask(name: string, argument: unknown): Promise<Answer> {
    return this.#socket.timeout(5_000).emitWithAck(name, argument) as Promise<Answer>
  }

  async join(room: string, params: unknown): Promise<Answer & { readonly handle: number }> {
    const answer = await this.ask('~join', { room, params, presence: { status: 'active' } })
    return { ...answer, handle: (answer.data as { room: number } | undefined)?.room ?? 0 }
  }
}

/** A team of Ada and Bob with one message of Ada's; Eve is not in it, and rude. */
async function start() {
  const node = await startChat({ place: databaseFile() })
  const [ada, bob] = [node.connect('ada'), node.connect('bob')]
  await bob.space.request('whoami', {})
  await ada.space.request('conversation.create', { title: 'Team', isOpen: false, memberIds: ['bob'] }, { key: 'team' })
  const team = await ada.enter('team')
  await team.request('message.send', { text: 'hello' }, { key: 'k1' })
  const events: Message[] = []
  team.on('message', (message) => void events.push(message))
  return { node, events, rude: new Rude(node.url, 'bob'), stranger: new Rude(node.url, 'eve') }
}

/** Nothing but Ada's message is stored, and nobody was told of anything. */
async function expectNothingHappened({ node, events }: { readonly node: ChatNode; readonly events: Message[] }) {
  const { messages } = await node.store.messages('team', 100)
  expect(messages).toMatchObject([{ id: 'k1', rev: 1, text: 'hello', isDeleted: false, reactions: [] }])
  expect(await node.store.unpublished()).toEqual([])
  expect(events).toEqual([])
  expect(node.errors).toEqual([])
}

/** A sentence that somebody can act on: what is wrong, or what to do next. */
const refusal = (code: string, sentence: RegExp) => ({
  ok: false,
  error: { code, message: expect.stringMatching(sentence) },
})

const picture = (image: unknown) => ({ text: 'look', image })
const page = new TextEncoder().encode('<script>alert(1)</script>')

it.each([
  ['a message of 100 kB', { text: 'x'.repeat(100_000) }, 'INVALID_INPUT', /text/],
  ['one with nothing in it', { text: '  ' }, 'INVALID_INPUT', /needs text or a picture/],
  ['one that is no text', { text: { html: '<b>' } }, 'INVALID_INPUT', /text/],
  ['21 mentions', { text: 'x', mentions: Array.from({ length: 21 }, () => 'a') }, 'INVALID_INPUT', /mentions/],
  ['a page instead of a picture', picture(page), 'NOT_AN_IMAGE', /choose another file/],
  ['a picture of 9,000 pixels', picture(pngOf(9_000, 1)), 'NOT_AN_IMAGE', /choose another file/],
  ['text instead of a picture', picture('data:image/png;base64,AAAA'), 'INVALID_INPUT', /image/],
  ['a picture of 401 kB', picture(Buffer.concat([onePixel.png], 401_000)), 'INVALID_INPUT', /picture is too large/],
  ['a picture of a megabyte', picture(Buffer.concat([onePixel.png], 1_000_000)), 'PAYLOAD_TOO_LARGE', /bytes/],
  ['an answer to a message that is not there', { text: 'x', replyTo: 'nothing' }, 'INVALID_INPUT', /./],
])('[APP41] refuses to send %s', async (_what, input, code, sentence) => {
  const scene = await start()
  const { handle } = await scene.rude.join('conversation', { conversationId: 'team' })
  const answer = await scene.rude.ask('message.send', { room: handle, key: 'bad', input })
  expect(answer).toMatchObject(refusal(code, sentence))
  await expectNothingHappened(scene)
})

it.each([
  ['message.edit', { id: 'k1', text: 'I like Bob' }, 'FORBIDDEN', /author/],
  ['message.delete', { id: 'k1' }, 'FORBIDDEN', /author/],
  ['message.edit', { id: 'nothing', text: 'x' }, 'INVALID_INPUT', /not in the conversation/],
  ['message.react', { id: 'k1', emoji: '<b>', isOn: true }, 'INVALID_INPUT', /emoji/],
  ['image.read', { id: 'k1' }, 'INVALID_INPUT', /no such picture/],
])('[APP41] refuses %s %o', async (name, input, code, sentence) => {
  const scene = await start()
  const { handle } = await scene.rude.join('conversation', { conversationId: 'team' })
  expect(await scene.rude.ask(name, { room: handle, key: 'bad', input })).toMatchObject(refusal(code, sentence))
  await expectNothingHappened(scene)
})

it.each(['a key', '../k1', 'ключ'])('[APP41] refuses the key %o, which cannot be an id', async (key) => {
  const scene = await start()
  const { handle } = await scene.rude.join('conversation', { conversationId: 'team' })
  const answer = await scene.rude.ask('message.send', { room: handle, key, input: { text: 'x' } })
  expect(answer).toMatchObject(refusal('INVALID_INPUT', /draw another/))
  await expectNothingHappened(scene)
})

it.each([
  ['message.send', { text: 'mine' }],
  ['message.react', { id: 'k1', emoji: '👍', isOn: true }],
])(
  '[APP41, CHS4] a key that somebody else used for a change gives nothing away and changes nothing: %s',
  async (name, input) => {
    const scene = await start()
    const { handle } = await scene.rude.join('conversation', { conversationId: 'team' })
    const answer = await scene.rude.ask(name, { room: handle, key: 'k1', input })
    expect(answer).toMatchObject(refusal('FORBIDDEN', /draw a new one/))
    await expectNothingHappened(scene)
  },
)

it('[APP41] who is not a member cannot join, read or write, whatever the handle', async () => {
  const scene = await start()
  const { stranger } = scene
  const conversation = { conversationId: 'team' }
  expect(await stranger.join('conversation', conversation)).toMatchObject(refusal('FORBIDDEN', /may not join/))
  expect(await stranger.join('inbox', { userId: 'ada' })).toMatchObject(refusal('FORBIDDEN', /may not join/))
  const member = await scene.rude.join('conversation', conversation)
  const ask = (name: string, input: unknown) => stranger.ask(name, { room: member.handle, key: 'bad', input })
  expect(await ask('message.send', { text: 'x' })).toMatchObject(refusal('FORBIDDEN', /join the room/))
  expect(await ask('message.list', { before: 9 })).toMatchObject(refusal('FORBIDDEN', /join the room/))
  const join = await stranger.ask('conversation.join', { key: 'bad', input: { id: 'team' } })
  expect(join).toMatchObject(refusal('FORBIDDEN', /ask a member/))
  expect(await scene.node.store.isMember('team', 'eve')).toBe(false)
  await expectNothingHappened(scene)
})

it.each([
  ['conversation.create', { title: 'x'.repeat(61), isOpen: true }, 'INVALID_INPUT', /title/],
  ['conversation.create', { title: 'two\nlines', isOpen: true }, 'INVALID_INPUT', /one line/],
  ['conversation.create', { title: 'x', isOpen: true, memberIds: ['nobody'] }, 'INVALID_INPUT', /./],
  ['direct.open', { userId: 'nobody' }, 'INVALID_INPUT', /./],
  ['people.search', { query: 'x'.repeat(61) }, 'INVALID_INPUT', /query/],
])('[APP41] refuses %s %o', async (name, input, code, sentence) => {
  const scene = await start()
  expect(await scene.rude.ask(name, { key: 'bad', input })).toMatchObject(refusal(code, sentence))
  expect((await scene.node.store.inbox('bob')).map(({ id }) => id)).toEqual(['team'])
  await expectNothingHappened(scene)
})
