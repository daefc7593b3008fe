import { fail } from '@millrace/contract'
import type { Doc } from 'yjs'

export interface LocalCopy {
  close(): Promise<void>
  /** Closes it and removes what it holds. */
  remove(): Promise<void>
}

/**
 * Reads a document from IndexedDB, and keeps there what it becomes. Loaded on demand, so that who keeps no copy needs none of it.
 *
 * @param reads Called before anything is read, with the origin that it will have.
 * @throws MillraceError `UNAVAILABLE` where there is no IndexedDB, or the browser refuses to open it.
 */
export async function openLocalCopy(name: string, doc: Doc, reads: (origin: unknown) => void): Promise<LocalCopy> {
  await probe()
  const { IndexeddbPersistence } = await import('y-indexeddb')
  const copy = new IndexeddbPersistence(name, doc)
  reads(copy)
  await copy.whenSynced
  return {
    close: () => copy.destroy(),
    remove: () => copy.clearData(),
  }
}

/** The library waits for ever for a database that does not open. */
async function probe(): Promise<void> {
  if (typeof indexedDB === 'undefined')
    throw fail('UNAVAILABLE', 'there is no IndexedDB here; leave `persist` out, or edit in a browser')
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('millrace probe')
    opening.addEventListener('success', () => {
      opening.result.close()
      resolve()
    })
    opening.addEventListener('error', () =>
      reject(
        fail('UNAVAILABLE', 'the browser does not open IndexedDB; nothing is kept on this machine', {
          cause: opening.error,
        }),
      ),
    )
  })
}
