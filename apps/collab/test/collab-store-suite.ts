import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { pageText } from '../contract.ts'
import { pageUpdate } from '../page-update.ts'
import { storeCommentsSuite } from './store-comments-suite.ts'
import { storeDocumentsSuite } from './store-documents-suite.ts'
import { ada, bob, commentOn, openPlan, write, type CreateFixture } from './store-fixture.ts'
import { storeLinksSuite } from './store-links-suite.ts'

/** What every store of collab obeys (docs/spec/collab.md). */
export function collabStoreSuite(name: string, createFixture: CreateFixture): void {
  describe(`documents: ${name}`, () => {
    storeDocumentsSuite(createFixture)
  })
  describe(`links: ${name}`, () => {
    storeLinksSuite(createFixture)
  })
  describe(`comments: ${name}`, () => {
    storeCommentsSuite(createFixture)
  })
  describe(`databases: ${name}`, () => {
    databasesSuite(createFixture)
  })
}

function databasesSuite(createFixture: CreateFixture): void {
  it('[COL17] writes wait, in order, until they are noted as published; a deletion outlives the rest', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    for (const each of await store.unpublished()) await store.notePublished(each)
    const [titling, adding] = [write(bob, 'plan', 'z-first'), write(ada, 'plan', 'a-second')]
    const titled = await store.setTitle(titling, 'Ours')
    const added = await store.addComment(adding, commentOn('good'))
    await store.setTitle(write(ada, 'plan', 'm-third'), 'Mine')
    expect((await store.unpublished()).slice(0, 2)).toEqual([
      { ...titling, news: titled },
      { ...adding, news: added },
    ])
    expect(await store.unpublished(adding)).toEqual([{ ...adding, news: added }])
    await store.notePublished(titling)
    expect((await store.unpublished()).map(({ key }) => key)).toEqual(['a-second', 'm-third'])
    await store.remove(write(ada, 'plan', 'b-fourth'))
    expect((await store.unpublished()).map(({ key }) => key)).toEqual(['b-fourth'])
  })

  it('[COL18] a new database has documents to begin with, once, and comments stand where their quotes do', async () => {
    await using fixture = await createFixture()
    const nodes = await Promise.all(Array.from({ length: fixture.maxNodes }, () => fixture.open(false)))
    const store = nodes[0] ?? (await fixture.open(false))
    await store.enter(ada)
    expect((await store.shelf(ada.id)).map(({ id, isForAll }) => [id, isForAll])).toEqual([
      ['welcome', true],
      ['summer-party', true],
      ['writing-guide', true],
    ])
    const texts = await store.beginnings()
    expect(texts.map(({ documentId }) => documentId)).toEqual(['summer-party', 'welcome', 'writing-guide'])
    for (const { documentId, ...beginning } of texts) {
      const text = 'text' in beginning ? beginning.text : ''
      const page = new Y.Doc()
      Y.applyUpdate(page, pageUpdate(documentId, text))
      const read = page.getText(pageText).toJSON()
      expect(read).toBe(text)
      const place = (position: string) => {
        const decoded = Y.decodeRelativePosition(Buffer.from(position, 'base64'))
        return Y.createAbsolutePositionFromRelativePosition(decoded, page)?.index
      }
      const { comments } = await store.desk(documentId)
      for (const { quote, anchor } of comments) expect(read.slice(place(anchor.from), place(anchor.to))).toBe(quote)
      // Everybody's stay, for a page that begins anew.
      await store.noteFilled(documentId)
    }
    expect((await store.desk('summer-party')).comments.map(({ replies }) => replies.length)).toEqual([1, 0])
    expect(await store.beginnings()).toEqual(texts)
    await store.addComment(write(ada, 'welcome'), commentOn('here'))
    await store.close()
    const again = await fixture.open(false)
    expect((await again.desk('welcome')).comments.map(({ text }) => text).slice(1)).toEqual(['here'])
    expect(await again.shelf(ada.id)).toHaveLength(3)
  })

  it('[COL19] what was stored is there after the store was opened again', async () => {
    await using fixture = await createFixture()
    const { store } = await openPlan(fixture)
    await store.addComment(write(bob), commentOn('good'))
    const [desk, shelf] = [await store.desk('plan'), await store.shelf(bob.id)]
    await store.close()
    const again = await fixture.open()
    expect(await again.desk('plan')).toEqual(desk)
    expect(await again.shelf(bob.id)).toEqual(shelf)
  })
}
