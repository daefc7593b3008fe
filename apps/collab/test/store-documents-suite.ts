import { expect, it } from 'vitest'
import type { CollabStore } from '../store/collab-store.ts'
import { ada, bob, commentOn, eve, forbidden, invalid, openPlan, write, type CreateFixture } from './store-fixture.ts'

const shelfOf = async (store: CollabStore, userId: string) =>
  (await store.shelf(userId)).map(({ id, title, role }) => [id, title, role])

export function storeDocumentsSuite(createFixture: CreateFixture): void {
  it('[COL1] a document belongs to its maker and keeps what it begins with until that is in the page', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    expect(await store.shelf(ada.id)).toMatchObject([
      { id: 'plan', title: 'Plan', role: 'owner', owner: ada, isForAll: false },
    ])
    expect(await store.beginnings('plan')).toEqual([{ documentId: 'plan', text: 'first words' }])
    await store.noteFilled('plan')
    await store.create(write(eve, 'copy', 'copy'), 'Copy', { copyOf: 'plan' })
    expect(await store.beginnings()).toEqual([{ documentId: 'copy', copyOf: 'plan' }])
    await store.noteFilled('copy')
    expect(await store.beginnings()).toEqual([])
    const theft = store.create(write(bob, 'theft', 'theft'), 'Mine', { copyOf: 'copy' })
    await expect(theft).rejects.toMatchObject(forbidden)
  })

  it('[COL2] a list holds what is owned, shared and for all, and the strongest role', async () => {
    await using fixture = await createFixture()
    const store = await fixture.open(false)
    for (const user of [ada, bob]) await store.enter(user)
    await store.create(write(ada, 'plan', 'plan'), 'Plan', { text: '' })
    const links = await Promise.all((['editor', 'reader'] as const).map((role) => store.makeLink('plan', ada.id, role)))
    for (const { token } of links) await store.openLink(write(bob), token)
    expect(await shelfOf(store, bob.id)).toEqual([
      ['plan', 'Plan', 'editor'],
      ['welcome', 'Welcome', 'editor'],
      ['summer-party', 'Summer party', 'editor'],
      ['writing-guide', 'How we write', 'reader'],
    ])
    expect((await store.entries('plan', ['ada', 'bob', 'nobody'])).size).toBe(2)
    expect(await store.people('plan')).toEqual(['ada', 'bob'])
    expect(await store.role('writing-guide', bob.id)).toBe('reader')
    expect(await store.role('plan', 'nobody')).toBeUndefined()
  })

  it('[COL3] a second attempt changes nothing and answers as the first', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    const [titling, adding, answering] = [write(bob), write(bob), write(ada)]
    const titled = await store.setTitle(titling, 'Our plan')
    const added = await store.addComment(adding, commentOn('good'))
    const answered = await store.reply(answering, adding.key, 'is it?')
    await store.setTitle(write(ada), 'My plan')
    await store.create(write(ada, 'plan', 'plan'), 'Plan', { text: 'first words' })
    expect(await store.setTitle(titling, 'Our plan')).toEqual(titled)
    expect(await store.addComment(adding, commentOn('good'))).toEqual(added)
    expect(await store.isKnown(adding)).toBe(true)
    expect(await store.desk('plan')).toMatchObject({ title: 'My plan', rev: titled.rev + 3 })

    // The reply goes: what is left of the comment answers for all that was written about it.
    await store.removeNote(write(ada), { id: adding.key, replyId: answering.key })
    const [left] = (await store.desk('plan')).comments
    expect(answered.comment.replies).toMatchObject([{ id: answering.key, text: 'is it?' }])
    expect(left?.replies).toEqual([])
    expect(await store.reply(answering, adding.key, 'is it?')).toEqual({ kind: 'comment', comment: left })
    expect(await store.addComment(adding, commentOn('good'))).toEqual({ kind: 'comment', comment: left })
    await store.removeNote(write(bob), { id: adding.key })
    await expect(store.addComment(adding, commentOn('good'))).rejects.toMatchObject(invalid)
  })

  it('[COL4] a key stands for one write of one user', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    await store.addComment(write(bob, 'plan', 'k1'), commentOn('good'))
    await expect(store.setTitle(write(bob, 'plan', 'k1'), 'Other')).rejects.toMatchObject(invalid)
    await expect(store.reply(write(bob, 'plan', 'k1'), 'k1', 'me')).rejects.toMatchObject(invalid)
    await expect(store.addComment(write(ada, 'plan', 'k1'), commentOn('mine'))).rejects.toMatchObject(forbidden)
    await store.create(write(ada, 'other', 'other'), 'Other', { text: '' })
    await expect(store.addComment(write(ada, 'other', 'k1'), commentOn('mine'))).rejects.toMatchObject(forbidden)
    await expect(store.create(write(eve, 'plan', 'plan'), 'Mine', { text: '' })).rejects.toMatchObject(forbidden)
    expect((await store.desk('plan')).comments).toMatchObject([{ id: 'k1', text: 'good', author: bob }])
  })

  it('[COL5] owners and editors name a document; strangers learn nothing of it', async () => {
    await using fixture = await createFixture()
    const { store, links } = await openPlan(fixture)
    await store.setTitle(write(ada), 'One')
    await store.setTitle(write(bob), 'Two')
    await expect(store.setTitle(write(eve), 'Three')).rejects.toMatchObject(forbidden)
    expect(await shelfOf(store, eve.id)).toEqual([['plan', 'Two', 'reader']])
    await store.endLink(write(ada), links[1]?.id ?? '')
    const refusals = await Promise.allSettled([
      store.setTitle(write(eve), 'x'),
      store.setTitle(write(eve, 'none'), 'x'),
    ])
    const messages = refusals.map((refusal) => refusal.status === 'rejected' && (refusal.reason as Error).message)
    expect(messages[0]).toBe(messages[1])
    expect(messages[0]).toMatch(/no such document/)

    await using seeded = await createFixture()
    const everybodys = await seeded.open(false)
    await everybodys.enter(ada)
    await expect(everybodys.setTitle(write(ada, 'welcome'), 'Mine')).rejects.toMatchObject(forbidden)
    await expect(everybodys.remove(write(ada, 'welcome'))).rejects.toMatchObject(forbidden)
    await expect(everybodys.leave(write(ada, 'welcome'))).rejects.toMatchObject(invalid)
  })

  it('[COL6] what its owner deletes is gone for everybody, with all that was said about it', async () => {
    await using fixture = await createFixture()
    const { store, links } = await openPlan(fixture)
    const { comment } = await store.addComment(write(bob), commentOn('good'))
    await store.reply(write(ada), comment.id, 'thanks')
    for (const user of [bob, eve]) await expect(store.remove(write(user))).rejects.toMatchObject(forbidden)
    const removal = write(ada)
    expect(await store.remove(removal)).toMatchObject({ kind: 'removed', userIds: ['ada', 'bob', 'eve'] })
    expect(await store.remove(removal)).toMatchObject({ kind: 'removed', userIds: ['ada', 'bob', 'eve'] })
    for (const user of [ada, bob, eve]) expect(await store.shelf(user.id)).toEqual([])
    expect(await store.beginnings()).toEqual([])
    await expect(store.desk('plan')).rejects.toMatchObject(forbidden)
    await expect(store.links('plan', ada.id)).rejects.toMatchObject(forbidden)
    await expect(store.openLink(write(bob), links[0]?.token ?? '')).rejects.toMatchObject(forbidden)
    await expect(store.setTitle(write(ada), 'Again')).rejects.toMatchObject(forbidden)
    await expect(store.addComment(write(ada), commentOn('late'))).rejects.toMatchObject(forbidden)
    await expect(store.create(write(ada, 'plan', 'plan'), 'Plan', { text: '' })).rejects.toMatchObject(invalid)
  })

  it('[COL7] a guest leaves and is let in anew; others stay', async () => {
    await using fixture = await createFixture()
    const { store, links } = await openPlan(fixture)
    const leaving = write(bob)
    expect(await store.leave(leaving)).toMatchObject({ kind: 'roles', userIds: ['bob'] })
    expect(await store.shelf(bob.id)).toEqual([])
    await expect(store.leave(write(bob))).rejects.toMatchObject(forbidden)
    await expect(store.leave(write(ada))).rejects.toMatchObject(invalid)
    await store.openLink(write(bob), links[0]?.token ?? '')
    await store.leave(leaving)
    expect(await shelfOf(store, bob.id)).toEqual([['plan', 'Plan', 'editor']])
    expect(await shelfOf(store, eve.id)).toEqual([['plan', 'Plan', 'reader']])
  })

  it('[COL8] many who change a document at once leave no gap in what they changed', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    const others = await Promise.all(Array.from({ length: fixture.maxNodes - 1 }, () => fixture.open()))
    const nodes = [store, ...others]
    const { rev: before } = await store.desk('plan')
    const changes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) => {
        const node = nodes[index % nodes.length] ?? store
        // Every third is a reader's, and refused.
        const user = [ada, bob, eve][index % 3] ?? ada
        return index % 2 === 0
          ? node.setTitle(write(user), `Plan ${index}`)
          : node.addComment(write(user), commentOn(`${index}`))
      }),
    )
    const revs = changes.flatMap((change) => {
      if (change.status === 'rejected') return []
      return change.value.kind === 'titled' ? [change.value.rev] : [change.value.comment.rev]
    })
    expect(changes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
    expect(revs.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, at) => before + at + 1))
  })
}
