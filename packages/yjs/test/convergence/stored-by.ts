import { redis } from '@millrace/redis'
import type { StoreProvider } from '@millrace/server'
import { sqlite } from '@millrace/sqlite'

/** Where a run left its document, for another process. */
export type StoredBy = { readonly file: string } | { readonly url: string; readonly prefix: string }

export function storeOf(stored: StoredBy): StoreProvider {
  return 'file' in stored ? sqlite(stored) : redis(stored)
}
