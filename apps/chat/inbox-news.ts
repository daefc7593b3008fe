import type { InboxEntry } from './contract.ts'

type Entries = readonly { readonly userId: string; readonly entry: InboxEntry }[]

/**
 * Publishes how a conversation stands in its members' lists. Whatever runs at once, here or on other nodes, what is published
 * last is the newest: each run looks again after it published. Calls that come while one runs share the next run.
 */
export function createInboxNews(
  read: (conversationId: string) => Promise<Entries>,
  publish: (userId: string, entry: InboxEntry) => Promise<unknown>,
): (conversationId: string, onlyTo?: string) => Promise<Entries> {
  const newest = new Map<string, { hasBegun: boolean; told: Promise<Entries> }>()
  return (id, onlyTo) => {
    const list = `${id} ${onlyTo ?? ''}`
    const before = newest.get(list)
    if (before?.hasBegun === false) return before.told
    const run = { hasBegun: false, told: Promise.resolve<Entries>([]) }
    const begin = async (): Promise<Entries> => {
      run.hasBegun = true
      const revs = new Map<string, number>()
      try {
        for (;;) {
          const entries = (await read(id)).filter(({ userId }) => userId === (onlyTo ?? userId))
          const news = entries.filter(({ userId, entry }) => revs.get(userId) !== entry.rev)
          await Promise.all(news.map(({ userId, entry }) => publish(userId, entry)))
          for (const { userId, entry } of news) revs.set(userId, entry.rev)
          if (news.length === 0 || newest.get(list) !== run) return entries
        }
      } finally {
        if (newest.get(list) === run) newest.delete(list)
      }
    }
    newest.set(list, run)
    run.told = (before?.told ?? Promise.resolve()).then(begin, begin)
    return run.told
  }
}
