import { enterOnce, implement, type Implementation, type Server } from '@millrace/server'
import { documentRoom } from '@millrace/yjs/server'
import { pageUser } from './page-user.ts'
import { collab, type PublicUser } from './contract.ts'
import { deskRequests } from './handlers/desk-requests.ts'
import { documentRequests } from './handlers/document-requests.ts'
import { lookAgain } from './handlers/look-again.ts'
import { noteEdits } from './handlers/note-edits.ts'
import { ownShelf } from './handlers/own-shelf.ts'
import { Writes } from './handlers/writes.ts'
import { pagesOf } from './pages.ts'
import type { CollabStore } from './store/collab-store.ts'
import { createTeller, fillPages } from './tell-news.ts'

export { openCollabStore } from './store/open-collab-store.ts'

export interface CollabOptions {
  readonly store: CollabStore
  /** The server that collab is mounted on. */
  readonly rooms: Pick<Server<PublicUser>, 'room'>
  /** A clock that only goes forward. */
  readonly monotonicMs: () => number
  readonly onError: (error: unknown) => void
}

/** @returns Collab for `server.mount`, and what does, once the server listens, what an earlier process could not. */
export function createCollab({ store, rooms, monotonicMs, onError }: CollabOptions): {
  readonly implementation: Implementation<PublicUser>
  readonly start: () => Promise<void>
} {
  const pages = pagesOf(rooms)
  const writes = new Writes({ store, tell: createTeller({ store, rooms, pages }), monotonicMs, onError })
  const role = (documentId: string, userId: string) => store.role(documentId, userId)
  const lookAgainAt = (name: 'page' | 'desk') =>
    lookAgain({
      role,
      putOut: (documentId, connectionId) => rooms.room(collab, name, { documentId }).kick({ connectionId }),
    })

  const implementation = implement<typeof collab, PublicUser>(collab, {
    // Whoever asks or joins is known to the store by the name that they have now.
    use: [enterOnce<PublicUser>((user) => store.enter(user))],
    requests: documentRequests(store, writes),
    rooms: {
      page: documentRoom<typeof collab, typeof collab.rooms.page, PublicUser>({
        use: [lookAgainAt('page'), noteEdits((id) => store.noteEdited(id), monotonicMs, onError)],
        authorize: async ({ user, params }) => {
          const is = await role(params.documentId, user.id)
          return is !== undefined && (is === 'reader' ? 'read' : 'write')
        },
        presence: ({ user }) => pageUser(user),
      }),
      shelf: {
        use: [ownShelf],
        authorize: ({ user, params }) => user.id === params.userId,
        snapshot: async ({ params }) => ({ documents: [...(await store.shelf(params.userId))] }),
      },
      desk: {
        use: [lookAgainAt('desk')],
        authorize: async ({ user, params }) => (await role(params.documentId, user.id)) !== undefined,
        snapshot: ({ params }) => store.desk(params.documentId),
        requests: deskRequests(store, writes),
      },
    },
  })

  return {
    implementation,
    start: async () => {
      await fillPages(store, pages, onError)
      await writes.publishMissed()
    },
  }
}
