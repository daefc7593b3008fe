import type { PublicUser } from '../contract.ts'
import type { CollabStore, DocumentWrite } from '../store/collab-store.ts'
import { openCollabStore, type CollabPlace, type CollabStoreOptions } from '../store/open-collab-store.ts'

/** One database under test. Disposing it closes what is open and removes the data. */
export interface StoreFixture extends AsyncDisposable {
  /** @param isEmpty False to have what a new database is filled with. */
  open(isEmpty?: boolean, options?: CollabStoreOptions): Promise<CollabStore>
  /** How many nodes may have it open at once. */
  readonly maxNodes: number
}

export type CreateFixture = () => Promise<StoreFixture>

/** Closes each store once, also where the test did. */
export function openFixture(place: CollabPlace, maxNodes: number, remove?: () => void): StoreFixture {
  const opened: CollabStore[] = []
  return {
    maxNodes,
    open: async (isEmpty = true, options = {}) => {
      const store = await openCollabStore({ ...place, isEmpty }, options)
      opened.push(store)
      return store
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((store) => store.close()))
      remove?.()
    },
  }
}

export const ada = { id: 'ada', name: 'Ada' }
export const bob = { id: 'bob', name: 'Bob' }
export const eve = { id: 'eve', name: 'Eve' }

let lastKey = 0
/** A write under a new key, or that one. */
export const write = (user: PublicUser, documentId = 'plan', key = `key-${++lastKey}`): DocumentWrite => ({
  userId: user.id,
  key,
  documentId,
})

/** A document `plan` of Ada's; Bob is its editor, Eve a reader. */
export interface PlanScene {
  readonly store: CollabStore
  /** Bob's, and Eve's. */
  readonly links: readonly { readonly id: string; readonly token: string }[]
}

export async function openPlan(fixture: StoreFixture, options?: CollabStoreOptions): Promise<PlanScene> {
  const store = await fixture.open(true, options)
  for (const user of [ada, bob, eve]) await store.enter(user)
  await store.create(write(ada, 'plan', 'plan'), 'Plan', { text: 'first words' })
  const links = [
    await store.makeLink('plan', ada.id, 'editor'),
    await store.makeLink('plan', ada.id, 'reader'),
  ] as const
  await store.openLink(write(bob), links[0].token)
  await store.openLink(write(eve), links[1].token)
  return { store, links }
}

export const commentOn = (text: string) => ({ text, quote: 'words', anchor: { from: 'AAAA', to: 'AAEC' } })

export const forbidden = { name: 'MillraceError', code: 'FORBIDDEN' }
export const invalid = { name: 'MillraceError', code: 'INVALID_INPUT' }
