import type { OpenOutboxStore, OutboxStore, StoredRequest, StoreEvents } from './outbox-store.ts'

interface Tab {
  readonly events: StoreEvents
  readonly kept: Map<string, StoredRequest>
}

/**
 * Keeps requests as long as the object lives. Several outboxes on one object are to each other what tabs of a browser are:
 * what one leaves behind goes to another that is open, else to the next.
 */
export function memoryOutbox(): OutboxStore {
  const scopes = new Map<string, Set<Tab>>()
  const left = new Map<string, Map<string, StoredRequest>>()

  const adopt = (tab: Tab, requests: ReadonlyMap<string, StoredRequest>) => {
    for (const [key, request] of requests) tab.kept.set(key, request)
    const found = [...requests].map(([key, record]) => ({ key, record: structuredClone(record) }))
    if (found.length > 0) tab.events.adopt(found)
  }

  return {
    open(scope, events) {
      const tabs = scopes.get(scope) ?? new Set()
      const tab = { events, kept: new Map<string, StoredRequest>() }
      scopes.set(scope, tabs.add(tab))
      adopt(tab, left.get(scope) ?? new Map())
      left.delete(scope)
      const store: OpenOutboxStore = {
        put(request) {
          tab.kept.set(request.key, structuredClone(request))
          return Promise.resolve()
        },
        remove(key) {
          tab.kept.delete(key)
          return Promise.resolve()
        },
        close() {
          if (!tabs.delete(tab)) return Promise.resolve()
          const [heir] = tabs
          if (heir) adopt(heir, tab.kept)
          else left.set(scope, tab.kept)
          return Promise.resolve()
        },
      }
      return Promise.resolve(store)
    },
  }
}
