import type { Server } from '@millrace/server'
import { collab, type PublicUser } from './contract.ts'
import type { Pages } from './pages.ts'
import type { BeginningOf, CollabStore, DocumentWrite } from './store/collab-store.ts'
import type { News } from './store/news.ts'

interface Parts {
  readonly store: CollabStore
  readonly rooms: Pick<Server<PublicUser>, 'room'>
  readonly pages: Pages
}

/**
 * Tells of a write that was made. A second time it changes nothing for those who heard of it the first time: desks know its key,
 * and lists compare `rev`.
 */
export function createTeller({ store, rooms, pages }: Parts) {
  /** How the document stands in their lists now. */
  const tellShelves = async (documentId: string, userIds: readonly string[], rev: number): Promise<void> => {
    const entries = await store.entries(documentId, userIds)
    await Promise.all(
      userIds.map((userId) => {
        const shelf = rooms.room(collab, 'shelf', { userId })
        const entry = entries.get(userId)
        return entry ? shelf.publish('changed', entry) : shelf.publish('gone', { id: documentId, rev })
      }),
    )
  }

  /** Those who stay come back as what they are now: `authorize` looks again. */
  const putOut = (documentId: string, userId: string): void => {
    for (const name of ['page', 'desk'] as const)
      rooms.room(collab, name, { documentId }).kick({ userId }, 'what you may do in this document has changed')
  }

  return async ({ userId, key, documentId, news }: DocumentWrite & { readonly news: News }): Promise<void> => {
    const desk = rooms.room(collab, 'desk', { documentId })
    switch (news.kind) {
      case 'made':
        for (const beginning of await store.beginnings(documentId)) await fillPage(store, pages, beginning)
        return tellShelves(documentId, [userId], 1)
      case 'titled':
        await desk.publish('titled', { title: news.title, rev: news.rev }, { key })
        return tellShelves(documentId, await store.people(documentId), news.rev)
      case 'comment':
        await desk.publish('comment', news.comment, { key })
        return
      case 'commentGone':
        await desk.publish('commentGone', { id: news.id }, { key })
        return
      case 'roles':
        for (const each of news.userIds) putOut(documentId, each)
        return tellShelves(documentId, news.userIds, news.rev)
      case 'removed':
        for (const name of ['page', 'desk'] as const)
          rooms.room(collab, name, { documentId }).kick({}, 'this document was deleted')
        await pages.remove(documentId)
        return tellShelves(documentId, news.userIds, news.rev)
    }
  }
}

async function fillPage(store: CollabStore, pages: Pages, beginning: BeginningOf): Promise<void> {
  await pages.fill(beginning.documentId, beginning)
  await store.noteFilled(beginning.documentId)
}

/** Writes what waits into pages. One that cannot be written is reported, and does not keep the others. */
export async function fillPages(store: CollabStore, pages: Pages, onError: (error: unknown) => void): Promise<void> {
  for (const beginning of await store.beginnings()) await fillPage(store, pages, beginning).catch(onError)
}
