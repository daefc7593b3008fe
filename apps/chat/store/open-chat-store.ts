import { readFile } from 'node:fs/promises'
import type { ChatStore } from './chat-store.ts'
import { openDatabase, type DatabasePlace } from '@millrace/app-database'
import { seed } from './seed.ts'
import { sqlChatStore } from './sql-chat-store.ts'

const isSource = import.meta.filename.endsWith('.ts')
const read = (file: string): Promise<string> =>
  readFile(`${import.meta.dirname}/${isSource ? '' : '../../store/'}${file}`, 'utf8')

/**
 * @param place A new database gets conversations and messages to begin with, except where `isEmpty`.
 * @throws Error One sentence where the database cannot be opened.
 */
export async function openChatStore(place: DatabasePlace & { readonly isEmpty?: boolean }): Promise<ChatStore> {
  const tables = await read('tables.sql')
  const database = await openDatabase(place, { '1-tables': tables.trim().split(/(?<=;)\n/) })
  if (!place.isEmpty) await seed(database, await read('seed.json'), Date.now())
  return sqlChatStore(database, () => Date.now())
}
