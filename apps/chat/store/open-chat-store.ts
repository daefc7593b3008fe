import { readFile } from 'node:fs/promises'
import type { ChatStore } from './chat-store.ts'
import { openDatabase, type Place } from './database.ts'
import { sqlChatStore } from './sql-chat-store.ts'

const isSource = import.meta.filename.endsWith('.ts')
const folder = isSource ? import.meta.dirname : `${import.meta.dirname}/../../store`

/** @throws Error One sentence where the database cannot be opened. */
export async function openChatStore(place: Place): Promise<ChatStore> {
  const tables = await readFile(`${folder}/tables.sql`, 'utf8')
  const database = await openDatabase(place, { '1-tables': tables.trim().split(/(?<=;)\n/) })
  return sqlChatStore(database, () => Date.now())
}
