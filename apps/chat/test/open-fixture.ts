import type { ChatStore } from '../store/chat-store.ts'
import type { DatabasePlace } from '@millrace/app-database'
import { openChatStore } from '../store/open-chat-store.ts'
import type { ChatStoreFixture } from './store-fixture.ts'

/** Closes each store once, also where the test did. */
export function openFixture(place: DatabasePlace, maxNodes: number, remove: () => void): ChatStoreFixture {
  const opened: ChatStore[] = []
  return {
    maxNodes,
    open: async (isEmpty = true) => {
      const store = await openChatStore({ ...place, isEmpty })
      opened.push(store)
      return store
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((store) => store.close()))
      remove()
    },
  }
}
