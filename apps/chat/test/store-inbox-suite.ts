import { expect, it } from 'vitest'
import { ada, bob, draft, eve, openNodes, openTeam, picture, write } from './store-fixture.ts'
import type { ChatStore } from '../store/chat-store.ts'
import type { CreateFixture } from './store-fixture.ts'

export function storeInboxSuite(createFixture: CreateFixture): void {
  it('[CHS30, CHS31, CHS32] an entry tells what is new, and its rev rises', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const revs: number[] = []
    const entryOf = async (userId: string) => {
      const [entry] = await store.inbox(userId)
      revs.push(entry?.rev ?? 0)
      return entry
    }
    const team = { id: 'team', kind: 'closed', title: 'Team', other: null }
    expect(await entryOf(bob.id)).toEqual({ ...team, lastSeq: 0, last: null, readSeq: 0, mentionCount: 0, rev: 1 })
    const one = await store.send(write(ada, 'one'), draft('x'.repeat(300), { mentions: [bob.id] }), undefined)
    const last = { author: ada, text: 'x'.repeat(200), at: one.at }
    expect(await entryOf(bob.id)).toMatchObject({ lastSeq: 1, last, readSeq: 0, mentionCount: 1 })
    await store.send(write(ada, 'two'), draft('', { mentions: [bob.id] }), picture)
    expect(await entryOf(bob.id)).toMatchObject({ lastSeq: 2, last: { text: '' }, mentionCount: 2 })
    expect(await store.read('team', bob.id, 1)).toBe(true)
    expect(await entryOf(bob.id)).toMatchObject({ readSeq: 1, mentionCount: 1 })
    for (const seq of [0, 1, 3]) expect(await store.read('team', bob.id, seq)).toBe(false)
    expect(await store.read('team', eve.id, 1)).toBe(false)
    await store.edit(write(ada, 'edit'), 'two', 'changed', [])
    expect(await entryOf(bob.id)).toMatchObject({ readSeq: 1, last: { text: 'changed' }, mentionCount: 0 })
    await store.send(write(bob, 'three'), draft('mine', { mentions: [bob.id] }), undefined)
    expect(await entryOf(bob.id)).toMatchObject({ lastSeq: 3, readSeq: 3, mentionCount: 0 })
    await store.delete(write(bob, 'delete'), 'three')
    expect(await entryOf(bob.id)).toMatchObject({ lastSeq: 3, last: { author: bob, text: '' } })
    expect(revs).toEqual([...new Set(revs)].toSorted((a, b) => a - b))
    expect(await entryOf(ada.id)).toMatchObject({ lastSeq: 3, readSeq: 2 })
  })

  it('[CHS30, CHS33] the newest is first, and a conversation knows the entries of its members', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.create(write(bob, 'pets', 'pets'), 'Pets', true, [ada.id, eve.id])
    const order = async () => (await store.inbox(ada.id)).map(({ id }) => id)
    await untilLater(Date.now()) // a conversation is as new as its last message, or as itself
    const turns = ['team', 'pets', 'team']
    for (const [at, id] of turns.entries()) {
      const { at: sentAt } = await store.send(write(ada, `m${at}`, id), draft('x', { mentions: [eve.id] }), undefined)
      expect((await order())[0]).toBe(id)
      await untilLater(sentAt)
    }
    const entries = await store.inboxEntries('pets')
    expect(entries.map(({ userId }) => userId).toSorted()).toEqual(['ada', 'bob', 'eve'])
    for (const { userId, entry } of entries) expect(await store.inbox(userId)).toContainEqual(entry)
    expect(entries.find(({ userId }) => userId === eve.id)?.entry).toMatchObject({ mentionCount: 1, readSeq: 0 })
    expect(await store.inboxEntries('nowhere')).toEqual([])
    expect(await store.inbox('nobody')).toEqual([])
  })

  it('[CHS40] writes are unpublished until they are noted', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const one = await store.send(write(ada, 'z1'), draft('one'), undefined)
    const two = await store.send(write(bob, 'a2'), draft('two'), undefined)
    const edited = await store.edit(write(ada, 'y3'), 'z1', 'one!', [])
    const liked = await store.react(write(bob, 'b4'), 'z1', '👍', true)
    expect(await store.unpublished()).toEqual([
      { ...write(ada, 'team'), message: null },
      { ...write(ada, 'z1'), message: one },
      { ...write(bob, 'a2'), message: two },
      { ...write(ada, 'y3'), message: edited },
      { ...write(bob, 'b4'), message: liked },
    ])
    await store.notePublished(write(ada, 'team'))
    await store.notePublished(write(ada, 'y3'))
    await store.send(write(ada, 'z1'), draft('one'), undefined)
    expect((await store.unpublished()).map(({ key }) => key)).toEqual(['z1', 'a2', 'b4'])
    const deleted = await store.delete(write(ada, 'd5'), 'z1')
    expect(await store.unpublished()).toEqual([
      { ...write(bob, 'a2'), message: two },
      { ...write(ada, 'd5'), message: deleted },
    ])
    await store.notePublished(write(bob, 'd5'))
    await store.notePublished(write(ada, 'd5'))
    expect((await store.unpublished()).map(({ key }) => key)).toEqual(['a2'])
  })

  it('[CHS51] what was stored is there when it is opened again', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.send(write(ada, 'one'), draft('one'), picture)
    const before = [await store.messages('team', 10), await store.inbox(ada.id), await store.unpublished()]
    await store.close()
    const again = await fixture.open()
    expect([await again.messages('team', 10), await again.inbox(ada.id), await again.unpublished()]).toEqual(before)
    expect(await again.image('team', 'one')).toEqual(picture.bytes)
  })

  it('[CHS53] a closed store is unavailable', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.close()
    const unavailable = { code: 'UNAVAILABLE' }
    await expect(store.send(write(ada, 'one'), draft('one'), undefined)).rejects.toMatchObject(unavailable)
    await expect(store.inbox(ada.id)).rejects.toMatchObject(unavailable)
  })

  it('[CHS50] a new database is filled once', async () => {
    await using fixture = await createFixture()
    const node = await openNodes(fixture, false)
    const read = (store: ChatStore) =>
      Promise.all(['welcome', 'engineering', 'random'].map(async (id) => (await store.messages(id, 100)).messages))
    const before = await read(node(0))
    const messages = before.flat()
    expect(messages.length).toBeGreaterThan(60)
    for (const { at } of messages) expect([at < Date.now(), at > Date.now() - 8 * 86_400_000]).toEqual([true, true])
    const times = before.map((page) => page.map(({ at }) => at))
    expect(times).toEqual(times.map((page) => page.toSorted((a, b) => a - b)))
    const { conversationId = '', id = '' } = messages.find(({ image }) => image) ?? {}
    expect(String.fromCodePoint(...((await node(0).image(conversationId, id)) ?? []).slice(1, 4))).toBe('PNG')
    const kinds = [messages.some(({ replyTo }) => replyTo), messages.some(({ mentions }) => mentions.length > 0)]
    expect([...kinds, messages.some(({ reactions }) => reactions.length > 1)]).toEqual([true, true, true])
    expect(await node(0).unpublished()).toEqual([])
    for (let at = 0; at < fixture.maxNodes; at++) await node(at).close()
    expect(await read(await fixture.open(false))).toEqual(before)
  })
}

/** Messages of one millisecond have no order of time. */
async function untilLater(ms: number): Promise<void> {
  while (Date.now() <= ms) await new Promise(setImmediate)
}
