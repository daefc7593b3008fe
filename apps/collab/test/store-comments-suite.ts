import { expect, it } from 'vitest'
import { defaultBounds } from '../store/bounds.ts'
import { ada, bob, commentOn, eve, forbidden, invalid, openPlan, write, type CreateFixture } from './store-fixture.ts'

export function storeCommentsSuite(createFixture: CreateFixture): void {
  it('[COL13] who may edit comments, replies, resolves and reopens, in order', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    const first = (await store.addComment(write(bob), commentOn('first'))).comment
    const second = (await store.addComment(write(ada), commentOn('second'))).comment
    await store.reply(write(ada), first.id, 'one')
    const { comment } = await store.reply(write(bob), first.id, 'two')
    expect(comment).toMatchObject({
      author: bob,
      editedAt: null,
      resolved: null,
      quote: 'words',
      anchor: { from: 'AAAA', to: 'AAEC' },
      replies: [
        { text: 'one', author: ada, editedAt: null },
        { text: 'two', author: bob },
      ],
    })
    expect((await store.resolve(write(ada), first.id, true)).comment.resolved).toMatchObject({ by: ada })
    const reopened = await store.resolve(write(bob), first.id, false)
    expect(reopened.comment.resolved).toBeNull()
    expect((await store.desk('plan')).comments).toEqual([reopened.comment, second])
    const tries = [
      store.addComment(write(eve), commentOn('me')),
      store.reply(write(eve), first.id, 'me'),
      store.resolve(write(eve), first.id, true),
    ]
    await Promise.all(tries.map((refused) => expect(refused).rejects.toMatchObject(forbidden)))
    await store.create(write(eve, 'hers', 'hers'), 'Hers', { text: '' })
    await expect(store.reply(write(eve, 'hers'), first.id, 'me')).rejects.toMatchObject(invalid)
    expect((await store.desk('plan')).comments).toEqual([reopened.comment, second])
  })

  it('[COL14] notes are edited by their authors, and removed by them or the owner', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    const { id } = (await store.addComment(write(bob), commentOn('his'))).comment
    const replyId = (await store.reply(write(ada), id, 'hers')).comment.replies[0]?.id ?? ''
    const edited = await store.editNote(write(bob), { id }, 'his own')
    expect(edited.comment).toMatchObject({ text: 'his own', editedAt: expect.any(Number) as number })
    expect((await store.editNote(write(ada), { id, replyId }, 'her own')).comment.replies).toMatchObject([
      { text: 'her own', editedAt: expect.any(Number) as number },
    ])
    await expect(store.editNote(write(ada), { id }, 'not hers')).rejects.toMatchObject(forbidden)
    await expect(store.editNote(write(bob), { id, replyId }, 'not his')).rejects.toMatchObject(forbidden)
    await expect(store.removeNote(write(bob), { id, replyId })).rejects.toMatchObject(forbidden)
    await expect(store.removeNote(write(bob), { id, replyId: id })).rejects.toMatchObject(invalid)
    expect(await store.removeNote(write(ada), { id })).toEqual({ kind: 'commentGone', id })
    expect((await store.desk('plan')).comments).toEqual([])
    const { comment } = await store.addComment(write(bob), commentOn('again'))
    expect(await store.removeNote(write(bob), { id: comment.id })).toEqual({ kind: 'commentGone', id: comment.id })
  })

  it('[COL15] comments, replies and their characters have bounds', async () => {
    expect(defaultBounds).toMatchObject({ notes: 500, characters: 200_000, replies: 50 })
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture, { bounds: { ...defaultBounds, notes: 5, characters: 30, replies: 3 } })
    const { id } = (await store.addComment(write(bob), commentOn('first'))).comment
    const reply = () => store.reply(write(ada), id, 'more')
    for (let made = 0; made < 3; made++) await reply()
    await expect(reply()).rejects.toThrow(/at most 3 replies; begin another/)
    const second = await store.addComment(write(bob), commentOn('s'))
    await expect(store.addComment(write(ada), commentOn('c'))).rejects.toThrow(/at most 5 .* remove some/)
    await expect(store.reply(write(ada), second.comment.id, 'c')).rejects.toMatchObject(invalid)

    const note = { id: second.comment.id }
    expect((await store.editNote(write(bob), note, 'x'.repeat(13))).comment.text).toHaveLength(13)
    await expect(store.editNote(write(bob), note, 'x'.repeat(14))).rejects.toThrow(/at most 30 characters/)
    await store.removeNote(write(bob), { id })
    await store.addComment(write(bob), commentOn('y'.repeat(17)))
    expect((await store.desk('plan')).comments).toHaveLength(2)
  })

  it('[COL16] texts come back as they were, with the names of now', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    const text = '<script>alert(1)</script> \u{1f469}\u{1f3fd}\u200d\u{1f373} \\ % _ \u202Eabc'
    const { id } = (await store.addComment(write(bob), commentOn(`${text}\0`))).comment
    await store.reply(write(ada), id, `\0${text}`)
    await store.enter({ id: 'bob', name: 'Robert' })
    expect((await store.desk('plan')).comments).toMatchObject([
      { text, author: { id: 'bob', name: 'Robert' }, replies: [{ text }] },
    ])
  })
}
