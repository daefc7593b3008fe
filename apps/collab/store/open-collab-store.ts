import { ledgerTables, openDatabase, readStatements, type DatabasePlace } from '@millrace/app-database'
import { defaultBounds, type Bounds } from './bounds.ts'
import type { CollabStore } from './collab-store.ts'
import { seedStatements } from './seed.ts'
import { sqlCollabStore } from './sql-collab-store.ts'

const folder = new URL(import.meta.filename.endsWith('.ts') ? './' : '../../store/', import.meta.url)

export type CollabPlace = DatabasePlace & {
  /** Whether a new database gets no documents to begin with. Default: it gets some. */
  readonly isEmpty?: boolean
}

export interface CollabStoreOptions {
  readonly bounds?: Bounds
  /** ms since 1970. */
  readonly now?: () => number
}

/** @throws Error One sentence where the database cannot be opened. */
export async function openCollabStore(
  place: CollabPlace,
  { bounds = defaultBounds, now = () => Date.now() }: CollabStoreOptions = {},
): Promise<CollabStore> {
  const database = await openDatabase(place, 'collab', {
    ...ledgerTables,
    '1-tables': await readStatements(new URL('tables.sql', folder)),
    '2-seed': place.isEmpty ? [] : await seedStatements(new URL('seed/', folder), now()),
  })
  return sqlCollabStore(database, { bounds, now })
}
