import { readFile } from 'node:fs/promises'
import { ledgerTables, openDatabase, readStatements, sql, type DatabasePlace } from '@millrace/app-database'
import type { ChatStore } from './chat-store.ts'
import { sqlChatStore } from './sql-chat-store.ts'

const folder = new URL(import.meta.filename.endsWith('.ts') ? './' : '../../store/', import.meta.url)

/**
 * @param place A new database gets conversations and messages to begin with, except where `isEmpty`.
 * @throws Error One sentence where the database cannot be opened.
 */
export async function openChatStore(place: DatabasePlace & { readonly isEmpty?: boolean }): Promise<ChatStore> {
  const picture = sql`insert into images (message_id, type, width, height, bytes)
    values ('random-5', 'image/png', 480, 270, ${await readFile(new URL('seed.png', folder))}) on conflict do nothing`
  const seed = [...(await readStatements(new URL('seed.sql', folder), { now: Date.now() })), picture]
  const tables = await readStatements(new URL('tables.sql', folder))
  const database = await openDatabase(place, 'chat', {
    ...ledgerTables,
    '1-tables': tables,
    '2-seed': place.isEmpty ? [] : seed,
  })
  return sqlChatStore(database, () => Date.now())
}
