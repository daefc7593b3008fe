import { expect, it } from 'vitest'
import { defaultBounds } from '../store/bounds.ts'
import { ada, bob, eve, forbidden, invalid, openPlan, write, type CreateFixture } from './store-fixture.ts'

export function storeLinksSuite(createFixture: CreateFixture): void {
  it('[COL10] a link lets in whoever has its token, and nothing else does', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    const { token, ...link } = await store.makeLink('plan', ada.id, 'editor')
    expect(Buffer.from(token, 'base64url')).toHaveLength(16)
    expect(await store.links('plan', ada.id)).toContainEqual(link)
    await store.create(write(ada, 'other', 'other'), 'Other', { text: '' })
    for (const [documentId, wrong] of [
      ['other', token],
      ['none', token],
      ['plan', token.slice(1)],
      ['plan', ''],
      ['plan', link.id],
    ] as const)
      await expect(store.openLink(write(eve, documentId), wrong)).rejects.toMatchObject(forbidden)
    expect(await store.role('plan', eve.id)).toBe('reader')
    expect(await store.openLink(write(eve), token)).toMatchObject({ userIds: ['eve'] })
    expect(await store.role('plan', eve.id)).toBe('editor')
    // Who is in already, or owns it, is told nothing new.
    expect(await store.openLink(write(eve), token)).toMatchObject({ userIds: [] })
    expect(await store.openLink(write(ada), token)).toMatchObject({ userIds: [] })
    expect(await store.role('plan', ada.id)).toBe('owner')
  })

  it('[COL11] an ended link takes away what it gave, and only its owner ends it', async () => {
    await using fixture = await createFixture()
    const { store, links } = await openPlan(fixture)
    const [edit, read] = [links[0]!, links[1]!]
    await store.openLink(write(bob), read.token)
    for (const user of [bob, eve]) {
      await expect(store.links('plan', user.id)).rejects.toMatchObject(forbidden)
      await expect(store.makeLink('plan', user.id, 'reader')).rejects.toMatchObject(forbidden)
      await expect(store.endLink(write(user), edit.id)).rejects.toMatchObject(forbidden)
    }
    await store.create(write(eve, 'hers', 'hers'), 'Hers', { text: '' })
    await expect(store.endLink(write(eve, 'hers'), edit.id)).rejects.toMatchObject(invalid)
    const ending = write(ada)
    expect(await store.endLink(ending, edit.id)).toMatchObject({ userIds: ['bob'] })
    expect(await store.endLink(ending, edit.id)).toMatchObject({ userIds: ['bob'] })
    expect(await store.role('plan', bob.id)).toBe('reader')
    await expect(store.openLink(write(bob), edit.token)).rejects.toMatchObject(forbidden)
    await expect(store.endLink(write(ada), edit.id)).rejects.toMatchObject(invalid)
    expect(await store.endLink(write(ada), read.id)).toMatchObject({ userIds: ['bob', 'eve'] })
    expect(await store.role('plan', bob.id)).toBeUndefined()
    expect(await store.links('plan', ada.id)).toEqual([])
  })

  it('[COL12] documents, links and guests have bounds, and what is refused says what to do', async () => {
    expect(defaultBounds).toMatchObject({ ownDocuments: 100, sharedDocuments: 300, links: 20, guests: 200 })
    await using fixture = await createFixture()
    const bounds = { ...defaultBounds, ownDocuments: 3, sharedDocuments: 2, links: 2, guests: 2 }
    const { store, links } = await openPlan(fixture, { bounds })
    await expect(store.makeLink('plan', ada.id, 'reader')).rejects.toThrow(/has 2 links; end one first/)
    await store.enter({ id: 'dan', name: 'Dan' })
    const dan = { id: 'dan', name: 'Dan' }
    const token = links[0]?.token ?? ''
    await expect(store.openLink(write(dan), token)).rejects.toThrow(/let 2 people into .* end one/)
    // Who is in is no guest more.
    await store.openLink(write(eve), token)
    await store.leave(write(eve))
    await store.openLink(write(dan), token)

    for (const id of ['d1', 'd2']) {
      await store.create(write(ada, id, id), id, { text: '' })
      const link = await store.makeLink(id, ada.id, 'reader')
      const opening = store.openLink(write(bob, id), link.token)
      if (id === 'd1') await opening
      else await expect(opening).rejects.toThrow(/2 documents are shared with you already; leave one/)
    }
    await expect(store.create(write(ada, 'd3', 'd3'), 'd3', { text: '' })).rejects.toThrow(
      /you have 3 documents; delete one first/,
    )
    await store.remove(write(ada, 'd1'))
    await store.create(write(ada, 'd3', 'd3'), 'd3', { text: '' })
    const refused = store.create(write(ada, 'd4', 'd4'), 'd4', { text: '' })
    await expect(refused).rejects.toMatchObject(invalid)
  })
}
