import { createClient, type Client } from '@millrace/client'
import { createServer, type Server } from '@millrace/server'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chat, type PublicUser } from '../contract.ts'
import { createChat } from '../server.ts'

let server: Server<PublicUser>
let client: Client
const authenticate = ({ auth }: { readonly auth: Readonly<Record<string, unknown>> }) => ({
  user: { id: String(auth.id), name: 'Ada' },
})

beforeEach(async () => {
  server = createServer<PublicUser>({ authenticate }).mount(createChat(() => 0))
  const port = await server.listen(0)
  client = createClient({ url: `http://localhost:${port}`, auth: { id: 'u1' } })
})

afterEach(async () => {
  await client.close()
  await server.close()
})

async function enter(conversationId: string) {
  const room = client.use(chat).room('conversation', { conversationId })
  await room.join({ presence: { status: 'active' } })
  return room
}

it('[APP10] a second attempt with the same key answers the same message and publishes nothing', async () => {
  const lobby = await enter('lobby')
  const first = await lobby.request('message.send', { text: ' hello ' }, { key: 'k1' })
  const second = await lobby.request('message.send', { text: ' hello ' }, { key: 'k1' })
  const other = await lobby.request('message.send', { text: 'hello' }, { key: 'k2' })
  expect(first).toEqual({ id: first.id, author: { id: 'u1', name: 'Ada' }, text: 'hello' })
  expect(second).toEqual(first)
  const page = await lobby.history()
  expect(page.events.map(({ payload, key, from }) => [payload.id, key, from])).toEqual([
    [first.id, 'k1', 'u1'],
    [other.id, 'k2', 'u1'],
  ])
})

it('[APP10] the same key in another room is another message', async () => {
  const lobby = await enter('lobby')
  const random = await enter('random')
  const one = await lobby.request('message.send', { text: 'hello' }, { key: 'k1' })
  const two = await random.request('message.send', { text: 'hello' }, { key: 'k1' })
  expect(two.id).not.toBe(one.id)
})

it('[APP11] tells who sends too much for how long to wait', async () => {
  const lobby = await enter('lobby')
  const texts = Array.from({ length: 101 }, (_, index) => `message ${index}`)
  const outcomes = await Promise.all(texts.map((text) => lobby.tryRequest('message.send', { text })))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100)
  expect(outcomes[100]).toMatchObject({ ok: false, error: { code: 'SLOW_MODE', data: { waitMs: 500 } } })
})
