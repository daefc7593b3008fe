import { memory } from '@millrace/server'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startPostgres, type Postgres } from '@millrace/app-database/test-postgres'
import { startChat } from './start-chat.ts'

let postgres: Postgres

beforeAll(async () => {
  postgres = await startPostgres()
})

afterAll(() => postgres[Symbol.asyncDispose]())

it('[APP44, APP39] nodes on one PostgreSQL serve one chat', async () => {
  const place = { databaseUrl: await postgres.createDatabase() }
  const events = memory()
  const [one, two] = [await startChat({ place, events }), await startChat({ place, events })]
  const [ada, bob] = [one.connect('ada', 'Ada'), two.connect('bob', 'Bob')]
  await bob.space.request('whoami', {})
  const made = { title: 'Team', isOpen: false, memberIds: ['bob'] }
  await ada.space.request('conversation.create', made, { key: 'team' })
  const rooms = [await ada.enter('team'), await bob.enter('team')]
  const inboxes = [await ada.inbox(), await bob.inbox()]
  const seen = new Set<number>()
  rooms[0]?.on('message', ({ seq }) => void seen.add(seq))
  const texts = Array.from({ length: 40 }, (_, index) => String(index))
  await Promise.all(texts.flatMap((text) => rooms.map((room) => room.request('message.send', { text }))))
  await vi.waitFor(() =>
    expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 80 }, (_, at) => at + 1)),
  )
  // What an inbox was told last is what the database says, whichever node told it.
  for (const [at, { user }] of [ada, bob].entries()) {
    const stored = await one.store.inbox(user.id)
    await vi.waitFor(() => expect([...(inboxes[at]?.values() ?? [])]).toEqual(stored))
  }
  expect(await two.store.unpublished()).toEqual([])
  expect([...one.errors, ...two.errors]).toEqual([])
})

it('[APP42] two nodes that start at once publish what a third one left, once', async () => {
  const place = { databaseUrl: await postgres.createDatabase() }
  const events = memory()
  const third = await startChat({ place, events })
  const ada = third.connect('ada', 'Ada')
  await ada.space.request('conversation.create', { title: 'Team', isOpen: false }, { key: 'team' })
  const write = { userId: ada.user.id, conversationId: 'team', key: 'k1' }
  await third.store.send(write, { text: 'hello', mentions: [] }, undefined)
  await third.close()
  const nodes = [await startChat({ place, events }), await startChat({ place, events })]
  await Promise.all(nodes.map((node) => node.publishMissed()))
  const again = nodes[0]?.connect('ada', 'Ada')
  const room = await again?.enter('team')
  expect((await room?.history())?.events.map(({ key }) => key)).toEqual(['k1'])
  expect(nodes.flatMap(({ errors }) => errors)).toEqual([])
})
