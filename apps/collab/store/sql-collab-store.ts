import type { Database } from '@millrace/app-database'
import { Changes, type StoreParts } from './changes.ts'
import type { CollabStore } from './collab-store.ts'
import { comments } from './comments.ts'
import { documents } from './documents.ts'
import { links } from './links.ts'

/** What stands around the texts, in tables. */
export function sqlCollabStore(database: Database, options: Pick<StoreParts, 'bounds' | 'now'>): CollabStore {
  const changes = new Changes(database)
  const parts: StoreParts = { ...options, database, changes }
  const { ledger } = changes
  return {
    ...documents(parts),
    ...links(parts),
    ...comments(parts),
    isKnown: (write) => ledger.isKnown(write),
    unpublished: async (write) => {
      const rows = await ledger.unpublished(write)
      return rows.map(({ topic, answer, ...rest }) => ({ ...rest, documentId: topic, news: answer }))
    },
    notePublished: (write) => ledger.notePublished(write),
    close: () => database.close(),
  }
}
