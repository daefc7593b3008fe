import { expect, it, vi } from 'vitest'
import type { InboxEntry, Message } from '../contract.ts'
import { openChatStore } from '../store/open-chat-store.ts'
import { onePixel } from './pictures.ts'
import { databaseFile, startChat, type ChatNode } from './start-chat.ts'

/** Ada and Bob in a conversation `team` that Ada made. */
async function startTeam(node?: ChatNode) {
  const running = node ?? (await startChat({ place: databaseFile() }))
  const ada = running.connect('ada', 'Ada')
  const bob = running.connect('bob', 'Bob')
  await bob.space.request('whoami', {})
  const made = await ada.space.request(
    'conversation.create',
    { title: 'Team', isOpen: false, memberIds: ['bob'] },
    { key: 'team' },
  )
  return { node: running, ada, bob, made, errors: running.errors }
}

const collect = (messages: Message[]) => (message: Message) => void messages.push(message)

it('[APP10] a message has the key of its request for an id; a second attempt answers it and publishes nothing', async () => {
  const { ada } = await startTeam()
  const team = await ada.enter('team')
  const first = await team.request('message.send', { text: ' hello ' }, { key: 'k1' })
  const second = await team.request('message.send', { text: ' hello ' }, { key: 'k1' })
  await team.request('message.send', { text: 'hello' }, { key: 'k2' })
  expect(first).toMatchObject({ id: 'k1', seq: 1, rev: 1, author: { id: 'ada', name: 'Ada' }, text: 'hello' })
  expect(second).toEqual(first)
  const page = await team.history()
  expect(page.events.map(({ payload, key, from }) => [payload, key, from])).toEqual([
    [first, 'k1', null],
    [expect.objectContaining({ id: 'k2', seq: 2 }), 'k2', null],
  ])
})

it('[APP10] edits, reactions and deletions publish the whole message, each once', async () => {
  const { ada, bob, errors } = await startTeam()
  const [hers, his] = [await ada.enter('team'), await bob.enter('team')]
  const seen: Message[] = []
  his.on('message', collect(seen))
  await hers.request('message.send', { text: 'helo' }, { key: 'k1' })
  await hers.request('message.edit', { id: 'k1', text: 'hello', mentions: ['bob'] }, { key: 'k2' })
  const answer = await his.request('message.react', { id: 'k1', emoji: '🎉', isOn: true }, { key: 'k3' })
  await his.request('message.react', { id: 'k1', emoji: '🎉', isOn: true }, { key: 'k3' })
  await hers.request('message.delete', { id: 'k1' }, { key: 'k4' })
  await vi.waitFor(() => expect(seen).toHaveLength(4))
  expect(seen.map(({ rev, text, isDeleted }) => [rev, text, isDeleted])).toEqual([
    [1, 'helo', false],
    [2, 'hello', false],
    [3, 'hello', false],
    [4, '', true],
  ])
  expect(seen[2]).toEqual(answer)
  expect(answer).toMatchObject({
    mentions: [{ id: 'bob', name: 'Bob' }],
    reactions: [{ emoji: '🎉', userIds: ['bob'] }],
  })
  expect(errors).toEqual([])
})

it('[APP10] what was deleted since its first attempt is answered, and not published again', async () => {
  const { ada, errors } = await startTeam()
  const team = await ada.enter('team')
  await team.request('message.send', { text: 'hello' }, { key: 'k1' })
  await team.request('message.edit', { id: 'k1', text: 'hello you' }, { key: 'k2' })
  const deleted = await team.request('message.delete', { id: 'k1' }, { key: 'k3' })
  for (const again of [
    team.request('message.send', { text: 'hello' }, { key: 'k1' }),
    team.request('message.edit', { id: 'k1', text: 'hello you' }, { key: 'k2' }),
    team.request('message.delete', { id: 'k1' }, { key: 'k3' }),
  ])
    expect(await again).toEqual(deleted)
  expect((await team.history()).events.map(({ key }) => key)).toEqual(['k1', 'k2', 'k3'])
  expect(errors).toEqual([])
})

it('[APP10] what was published is not published again, also where the log has forgotten its key', async () => {
  const place = databaseFile()
  const { node, ada, made } = await startTeam(await startChat({ place }))
  const team = await ada.enter('team')
  const sent = await team.request('message.send', { text: 'hello' }, { key: 'k1' })
  await team.request('message.send', { text: 'secret' }, { key: 'k2' })
  const deleted = await team.request('message.delete', { id: 'k2' }, { key: 'k3' })
  await node.close()
  const { node: again, ada: her, bob, made: madeAgain } = await startTeam(await startChat({ place }))
  expect(madeAgain).toMatchObject({ id: made.id, lastSeq: 2 })
  const entries: InboxEntry[] = []
  await bob.inbox()
  bob.space.room('inbox', { userId: 'bob' }).on('conversation', (entry) => void entries.push(entry))
  const room = await her.enter('team')
  expect(await room.request('message.send', { text: 'hello' }, { key: 'k1' })).toEqual(sent)
  expect(await room.request('message.send', { text: 'secret' }, { key: 'k2' })).toEqual(deleted)
  expect(await room.request('message.delete', { id: 'k2' }, { key: 'k3' })).toEqual(deleted)
  await room.request('message.send', { text: 'new' }, { key: 'k4' })
  await vi.waitFor(() => expect(entries).not.toEqual([]))
  expect(entries.map(({ last }) => last?.text)).toEqual(['new'])
  expect((await room.history()).events.map(({ key }) => key)).toEqual(['k4'])
  expect(again.errors).toEqual([])
})

it('[APP11] tells who sends too much for how long to wait, and answers what it has', async () => {
  const { ada, bob } = await startTeam()
  const [hers, his] = [await ada.enter('team'), await bob.enter('team')]
  const send = (index: number) => hers.tryRequest('message.send', { text: `${index}` }, { key: `k${index}` })
  const outcomes = await Promise.all(Array.from({ length: 101 }, (_, index) => send(index)))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(100)
  expect(outcomes[100]).toMatchObject({ ok: false, error: { code: 'SLOW_MODE', data: { waitMs: 500 } } })
  expect(await send(7)).toMatchObject({ ok: true, data: { id: 'k7', text: '7' } })
  expect(await his.tryRequest('message.send', { text: 'me too' })).toMatchObject({ ok: true })
})

it('[APP37] newcomers are where everybody starts, before anything else of theirs runs', async () => {
  const place = databaseFile()
  // What a new database is filled with has such conversations.
  await (await openChatStore(place)).close()
  const node = await startChat({ place })
  const inbox = await node.connect('eve', 'Eve').inbox()
  const conversations = await node.store.inbox('eve')
  expect(conversations.length).toBeGreaterThan(0)
  expect([...inbox.values()]).toEqual(conversations)
})

it('[APP37] everybody sees the name that somebody has now', async () => {
  const { node, ada, bob } = await startTeam()
  const team = await ada.enter('team')
  await team.request('message.send', { text: 'hello' }, { key: 'k1' })
  await ada.client.close()
  const renamed = node.connect('ada', 'Countess')
  expect(await renamed.space.request('whoami', {})).toEqual({ id: 'ada', name: 'Countess' })
  const { messages } = await (await bob.enter('team')).request('message.list', { before: 2 })
  expect(messages.map(({ author }) => author.name)).toEqual(['Countess'])
  expect(await bob.space.request('people.search', { query: 'counT' })).toEqual([{ id: 'ada', name: 'Countess' }])
})

it('[APP38] messages, edits and deletions reach the inbox of every member, a read mark that of the reader', async () => {
  const { ada, bob, node } = await startTeam()
  const [hers, his] = [await ada.inbox(), await bob.inbox()]
  const phone = await node.connect('bob', 'Bob').inbox()
  const [adaInTeam, bobInTeam] = [await ada.enter('team'), await bob.enter('team')]
  await adaInTeam.request('message.send', { text: 'hello Bob', mentions: ['bob'] }, { key: 'k1' })
  await adaInTeam.request('message.edit', { id: 'k1', text: 'hello @Bob', mentions: ['bob'] })
  const unread = { lastSeq: 1, readSeq: 0, mentionCount: 1, last: { text: 'hello @Bob', author: { name: 'Ada' } } }
  await vi.waitFor(() => expect([his.get('team'), phone.get('team')]).toMatchObject([unread, unread]))
  const rev = hers.get('team')?.rev
  await bobInTeam.request('read', { seq: 1 })
  const read = { lastSeq: 1, readSeq: 1, mentionCount: 0 }
  await vi.waitFor(() => expect([his.get('team'), phone.get('team')]).toMatchObject([read, read]))
  expect(hers.get('team')).toMatchObject({ readSeq: 1, rev })
  await adaInTeam.request('message.delete', { id: 'k1' })
  await vi.waitFor(() => expect(his.get('team')?.last).toMatchObject({ text: '' }))
})

it('[APP38] who is put into a conversation, joins one or is written to has it in the list', async () => {
  const { ada, bob, made } = await startTeam()
  expect(made).toMatchObject({ id: 'team', kind: 'closed', title: 'Team', lastSeq: 0 })
  const [hers, his] = [await ada.inbox(), await bob.inbox()]
  expect([...his.keys()]).toEqual(['team'])
  await ada.space.request('conversation.create', { title: 'Open', isOpen: true }, { key: 'open' })
  const found = await bob.space.request('conversation.search', { query: 'ope' })
  expect(found).toEqual([{ id: 'open', kind: 'open', title: 'Open' }])
  const joined = await bob.space.request('conversation.join', { id: 'open' })
  expect(joined).toMatchObject({ id: 'open', title: 'Open' })
  const direct = await bob.space.request('direct.open', { userId: 'ada' })
  expect(direct).toMatchObject({ kind: 'direct', other: { id: 'ada', name: 'Ada' } })
  expect(await ada.space.request('direct.open', { userId: 'bob' })).toMatchObject({ id: direct.id })
  await vi.waitFor(() => {
    expect([...his.keys()].toSorted()).toEqual([direct.id, 'open', 'team'].toSorted())
    expect([...hers.keys()].toSorted()).toEqual([direct.id, 'open', 'team'].toSorted())
  })
})

it('[APP38] nobody joins the inbox of somebody else', async () => {
  const { bob } = await startTeam()
  const room = bob.space.room('inbox', { userId: 'ada' })
  await expect(room.join()).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

it('[APP40] a picture travels in its message, and is read by members', async () => {
  const { ada, bob, errors } = await startTeam()
  const [hers, his] = [await ada.enter('team'), await bob.enter('team')]
  const sent = await hers.request('message.send', { text: '', image: onePixel.png }, { key: 'k1' })
  expect(sent.image).toMatchObject({ width: 1, height: 1 })
  const bytes = await his.request('image.read', { id: sent.image?.id ?? '' })
  expect(new Uint8Array(bytes)).toEqual(onePixel.png)
  expect(errors).toEqual([])
})

it('[APP42] what was stored and not published when the process died is published after the start, once', async () => {
  const place = databaseFile()
  const { node, ada, bob } = await startTeam(await startChat({ place }))
  const team = await ada.enter('team')
  await team.request('message.send', { text: 'before' }, { key: 'k0' })
  await bob.client.close()
  // As a handler that ends after the commit: the store has the writes, and nobody was told.
  const author = { userId: ada.user.id, conversationId: 'team' }
  await node.store.send({ ...author, key: 'k1' }, { text: 'hello', mentions: ['bob'] }, undefined)
  await node.store.edit({ ...author, key: 'k2' }, 'k1', 'hello Bob', ['bob'])
  await node.store.create({ userId: ada.user.id, conversationId: 'late', key: 'late' }, 'Late', false, ['bob'])
  await node.close()
  const again = await startChat({ place })
  const his = again.connect('bob', 'Bob')
  const inbox = await his.inbox()
  const room = await his.enter('team')
  const seen: Message[] = []
  room.on('message', collect(seen))
  const entries: InboxEntry[] = []
  his.space.room('inbox', { userId: 'bob' }).on('conversation', (entry) => void entries.push(entry))
  await again.publishMissed()
  await again.publishMissed()
  await vi.waitFor(() =>
    expect(seen.map(({ id, rev, text }) => [id, rev, text])).toEqual([
      ['k1', 1, 'hello'],
      ['k1', 2, 'hello Bob'],
    ]),
  )
  await vi.waitFor(() => expect(entries.map(({ id }) => id)).toContain('late'))
  expect(inbox.get('team')).toMatchObject({ lastSeq: 2, mentionCount: 1 })
  expect((await room.history()).events.map(({ key }) => key)).toEqual(['k1', 'k2'])
})

it('[APP42] one write that cannot be published does not keep the others', async () => {
  const place = databaseFile()
  const { node, ada } = await startTeam(await startChat({ place }))
  const author = { userId: ada.user.id, conversationId: 'team' }
  await node.store.send({ ...author, key: 'k1' }, { text: 'one', mentions: [] }, undefined)
  await node.store.send({ ...author, key: 'k2' }, { text: 'two', mentions: [] }, undefined)
  await node.close()
  let isBroken = true
  const again = await startChat({
    place,
    wrap: (store) => ({
      ...store,
      notePublished: (write) =>
        write.key === 'k1' && isBroken ? Promise.reject(new Error('the disk is full')) : store.notePublished(write),
    }),
  })
  await again.publishMissed()
  expect(again.errors).toEqual([new Error('the disk is full')])
  expect((await again.store.unpublished()).map(({ key }) => key)).toEqual(['k1'])
  isBroken = false
  await again.publishMissed()
  expect(await again.store.unpublished()).toEqual([])
})
