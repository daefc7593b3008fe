import { systemRandom } from '../system-random.ts'
import type { OutboxStore } from './outbox-store.ts'
import { RequestDatabase } from './system-request-database.ts'
import { Tabs } from './system-tabs.ts'

export interface IndexedDbOutboxOptions {
  /** Tells the outboxes of this origin apart: name the application and the user, so that nobody sends for somebody else. */
  readonly name: string
}

/**
 * Keeps requests in IndexedDB, over reloads. Each tab owns what it stored; what a tab leaves behind goes to another one, as
 * soon as its Web Lock says that it is gone. Where the browser gives neither, the outbox says so once and goes on in memory.
 */
export function indexedDbOutbox({ name }: IndexedDbOutboxOptions): OutboxStore {
  return {
    async open(scope, events) {
      if (typeof indexedDB === 'undefined') throw new Error('this environment has no IndexedDB')
      const place = `millrace outbox ${name} ${scope}`
      const tab = systemRandom.id() + systemRandom.id()
      const database = new RequestDatabase(place)
      let isClosed = false
      const gone = async (from: string) => {
        if (isClosed) return
        const found = await database.move(from, tab)
        if (found.length > 0) events.adopt(found)
      }
      const tabs = new Tabs(place, tab, { gone, fault: (error) => events.fault(error) })
      try {
        await tabs.open(() => database.tabs())
      } catch (error) {
        tabs.close()
        throw error
      }
      return {
        put: (request) => database.put(tab, request.key, request),
        remove: (key) => database.remove(tab, key),
        close() {
          isClosed = true
          tabs.close()
          return database.close()
        },
      }
    },
  }
}
