import { expect, it } from 'vitest'
import { ada, bob, draft, eve, forbidden, invalid, openTeam, picture, write } from './store-fixture.ts'
import type { CreateFixture } from './store-fixture.ts'

export function storeMessagesSuite(createFixture: CreateFixture): void {
  it('[CHS2] a message has its key as its id, and each change raises its rev', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const before = Date.now()
    const sent = await store.send(write(ada, 'one'), draft('hello'), undefined)
    const fresh = { seq: 1, rev: 1, editedAt: null, isDeleted: false, mentions: [], replyTo: null, reactions: [] }
    const { at } = sent
    expect(sent).toEqual({ ...fresh, id: 'one', conversationId: 'team', author: ada, at, text: 'hello', image: null })
    expect(sent.at).toBeGreaterThanOrEqual(before)
    const edited = await store.edit(write(ada, 'edit'), 'one', 'hello!', [])
    expect(edited).toMatchObject({ seq: 1, rev: 2, at: sent.at, text: 'hello!' })
    expect(edited.editedAt).toBeGreaterThanOrEqual(sent.at)
    expect(await store.react(write(bob, 'like'), 'one', '👍', true)).toMatchObject({
      rev: 3,
      editedAt: edited.editedAt,
    })
    expect(await store.delete(write(ada, 'delete'), 'one')).toMatchObject({ rev: 4, isDeleted: true })
  })

  it('[CHS3] a write that is made again answers as the first time and changes nothing', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    expect(await store.isKnown(write(ada, 'one'))).toBe(false)
    const sent = await store.send(write(ada, 'one'), draft('hello', { mentions: [bob.id] }), picture)
    const edited = await store.edit(write(ada, 'edit'), 'one', 'hello!', [])
    const liked = await store.react(write(bob, 'like'), 'one', '👍', true)
    expect(await store.isKnown(write(ada, 'one'))).toBe(true)
    expect(await store.isKnown(write(bob, 'one'))).toBe(false)
    expect(await store.send(write(ada, 'one'), draft('hello', { mentions: [bob.id] }), picture)).toEqual(sent)
    expect(await store.edit(write(ada, 'edit'), 'one', 'hello!', [])).toEqual(edited)
    expect(await store.react(write(bob, 'like'), 'one', '👍', true)).toEqual(liked)
    await store.create(write(ada, 'team'), 'Team', false, [bob.id])
    expect((await store.messages('team', 10)).messages).toEqual([liked])
    expect(await store.inbox(ada.id)).toHaveLength(1)
    const deleted = await store.delete(write(ada, 'delete'), 'one')
    for (const again of [
      await store.send(write(ada, 'one'), draft('hello', { mentions: [bob.id] }), picture),
      await store.edit(write(ada, 'edit'), 'one', 'hello!', []),
      await store.delete(write(ada, 'delete'), 'one'),
    ])
      expect(again).toEqual(deleted)
  })

  it('[CHS4] a key stands for one write, and an id for one message', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.create(write(bob, 'other', 'other'), 'Other', true, [ada.id])
    await store.send(write(ada, 'one'), draft('one'), undefined)
    await store.send(write(ada, 'two'), draft('two'), undefined)
    await store.react(write(ada, 'like'), 'one', '👍', true)
    await expect(store.send(write(ada, 'one', 'other'), draft('one'), undefined)).rejects.toMatchObject(invalid)
    await expect(store.edit(write(ada, 'one'), 'one', 'other', [])).rejects.toMatchObject(invalid)
    await expect(store.react(write(ada, 'like'), 'two', '👍', true)).rejects.toMatchObject(invalid)
    await expect(store.create(write(ada, 'one', 'one'), 'One', true, [])).rejects.toMatchObject(invalid)
    await expect(store.send(write(bob, 'one'), draft('mine'), undefined)).rejects.toMatchObject(forbidden)
    await expect(store.create(write(ada, 'other', 'other'), 'Mine', true, [])).rejects.toMatchObject(forbidden)
    const { messages } = await store.messages('team', 10)
    expect(messages.map(({ text, rev }) => [text, rev])).toEqual([
      ['one', 2],
      ['two', 1],
    ])
    expect(await store.messages('other', 10)).toEqual({ messages: [], hasMore: false })
  })

  it('[CHS5, CHS15] who is not a member writes nothing, and the key stays free', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const sent = await store.send(write(ada, 'one'), draft('one'), undefined)
    await expect(store.send(write(eve, 'two'), draft('two'), picture)).rejects.toMatchObject(forbidden)
    await expect(store.send(write(ada, 'two', 'nowhere'), draft('two'), undefined)).rejects.toMatchObject(forbidden)
    await expect(store.react(write(eve, 'like'), 'one', '👍', true)).rejects.toMatchObject(forbidden)
    await expect(store.delete(write(eve, 'delete'), 'one')).rejects.toMatchObject(forbidden)
    expect((await store.messages('team', 10)).messages).toEqual([sent])
    expect(await store.image('team', 'two')).toBeUndefined()
    expect(await store.isKnown(write(eve, 'two'))).toBe(false)
    expect(await store.send(write(ada, 'two'), draft('two'), undefined)).toMatchObject({ seq: 2 })
  })

  it('[CHS6, CHS15] only its author changes a message, and only one that is there', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.create(write(bob, 'other', 'other'), 'Other', true, [ada.id])
    const sent = await store.send(write(ada, 'one'), draft('one'), undefined)
    await expect(store.edit(write(bob, 'edit'), 'one', 'bad', [])).rejects.toMatchObject(forbidden)
    await expect(store.delete(write(bob, 'delete'), 'one')).rejects.toMatchObject(forbidden)
    await expect(store.edit(write(ada, 'edit'), 'none', 'text', [])).rejects.toMatchObject(invalid)
    await expect(store.edit(write(ada, 'edit', 'other'), 'one', 'text', [])).rejects.toMatchObject(invalid)
    expect((await store.messages('team', 10)).messages).toEqual([sent])
    await store.delete(write(ada, 'delete'), 'one')
    await expect(store.edit(write(ada, 'edit'), 'one', 'text', [])).rejects.toMatchObject(invalid)
    await expect(store.react(write(bob, 'like'), 'one', '👍', true)).rejects.toMatchObject(invalid)
    expect((await store.messages('team', 10)).messages).toMatchObject([{ rev: 2, text: '', reactions: [] }])
  })

  it('[CHS7, CHS11] a deleted message keeps its place and nothing else', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.send(write(ada, 'one'), draft('secret', { mentions: [bob.id] }), picture)
    await store.send(write(ada, 'two'), draft('answer', { replyTo: 'one' }), undefined)
    await store.react(write(bob, 'like'), 'one', '👍', true)
    expect(await store.image('team', 'one')).toEqual(picture.bytes)
    expect(await store.image('other', 'one')).toBeUndefined()
    expect(await store.image('team', 'two')).toBeUndefined()
    expect((await store.messages('team', 10)).messages[0]?.image).toEqual({ id: 'one', width: 3, height: 2 })
    const deleted = await store.delete(write(ada, 'delete'), 'one')
    expect(deleted).toMatchObject({ seq: 1, text: '', mentions: [], reactions: [], image: null, isDeleted: true })
    expect((await store.messages('team', 10)).messages).toMatchObject([deleted, { replyTo: { id: 'one', text: '' } }])
    expect(await store.image('team', 'one')).toBeUndefined()
    expect(await store.inbox(bob.id)).toMatchObject([{ mentionCount: 0, readSeq: 0, lastSeq: 2 }])
  })

  it('[CHS8] a reply shows the beginning of what it answers', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.create(write(ada, 'other', 'other'), 'Other', true, [])
    await store.send(write(ada, 'elsewhere', 'other'), draft('x'), undefined)
    await store.send(write(ada, 'one'), draft('a'.repeat(199) + '🎉'), undefined)
    const reply = await store.send(write(bob, 'two'), draft('yes', { replyTo: 'one' }), undefined)
    expect(reply.replyTo).toEqual({ id: 'one', author: ada, text: 'a'.repeat(199) })
    await store.edit(write(ada, 'edit'), 'one', 'b'.repeat(300), [])
    const { messages } = await store.messages('team', 10)
    expect(messages[1]?.replyTo?.text).toBe('b'.repeat(200))
    for (const replyTo of ['elsewhere', 'none'])
      await expect(store.send(write(bob, 'three'), draft('no', { replyTo }), undefined)).rejects.toMatchObject(invalid)
  })

  it('[CHS9] counts each user once per emoji, in the order of the first', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    await store.send(write(ada, 'one'), draft('one'), undefined)
    await store.react(write(bob, 'r1'), 'one', '🎉', true)
    await store.react(write(ada, 'r2'), 'one', '❤️', true)
    await store.react(write(ada, 'r3'), 'one', '🎉', true)
    const twice = await store.react(write(ada, 'r4'), 'one', '🎉', true)
    const both = [
      { emoji: '🎉', userIds: ['bob', 'ada'] },
      { emoji: '❤️', userIds: ['ada'] },
    ]
    expect(twice.reactions).toEqual(both)
    expect((await store.messages('team', 1)).messages[0]?.reactions).toEqual(both)
    const off = await store.react(write(bob, 'r5'), 'one', '🎉', false)
    expect(off.reactions).toEqual([
      { emoji: '❤️', userIds: ['ada'] },
      { emoji: '🎉', userIds: ['ada'] },
    ])
  })

  it('[CHS10, CHS13] mentions hold members, by the names that they have now', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const ids = [bob.id, eve.id, 'nobody', ada.id]
    const sent = await store.send(write(ada, 'one'), draft('hello', { mentions: ids }), undefined)
    expect(sent.mentions).toEqual([ada, bob])
    await store.send(write(bob, 'two'), draft('hi', { replyTo: 'one' }), undefined)
    const lovelace = { id: ada.id, name: 'Lovelace' }
    await store.enter(lovelace)
    const { messages } = await store.messages('team', 10)
    expect(messages).toMatchObject([{ author: lovelace, mentions: [lovelace, bob] }, { replyTo: { author: lovelace } }])
    expect((await store.edit(write(ada, 'edit'), 'one', 'hello', [bob.id])).mentions).toEqual([bob])
  })

  it('[CHS12] pages are in order and say whether there is more', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    expect(await store.messages('team', 2)).toEqual({ messages: [], hasMore: false })
    for (const key of ['m1', 'm2', 'm3', 'm4', 'm5']) await store.send(write(ada, key), draft(key), undefined)
    const page = async (limit: number, before?: number) => {
      const { messages, hasMore } = await store.messages('team', limit, before)
      return [messages.map(({ id }) => id).join(' '), hasMore]
    }
    expect(await page(2)).toEqual(['m4 m5', true])
    expect(await page(2, 4)).toEqual(['m2 m3', true])
    expect(await page(2, 2)).toEqual(['m1', false])
    expect(await page(2, 3)).toEqual(['m1 m2', false])
    expect(await page(5)).toEqual(['m1 m2 m3 m4 m5', false])
    expect(await page(5, 1)).toEqual(['', false])
  })

  it('[CHS14] text comes back as it was', async () => {
    await using fixture = await createFixture()
    const store = await openTeam(fixture)
    const texts = [
      `'; drop table messages; --`,
      '<script>alert(1)</script> ${x} :name ?1 $1 \\ % _ "',
      'مرحبا 👩🏽‍🍳 \u202E line one\nline two\ttab',
      '{"a":[1]}',
      '[1]',
      '  12  ',
    ]
    for (const [at, text] of texts.entries()) await store.send(write(ada, `m${at}`), draft(text), undefined)
    expect((await store.messages('team', 10)).messages.map(({ text }) => text)).toEqual(texts)
    expect(await store.send(write(ada, 'nul'), draft('a\0b'), undefined)).toMatchObject({ text: 'ab' })
    expect(await store.edit(write(ada, 'edit'), 'nul', '\0c', [])).toMatchObject({ text: 'c' })
  })
}
