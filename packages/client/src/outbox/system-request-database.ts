import type { FoundRequest } from './outbox-store.ts'

const table = 'requests'

/** What is taken over from one tab at one time; far more than an outbox holds. */
const maxMoved = 10_000

/** An IndexedDB database of requests, each under the tab that owns it and the request's key. */
export class RequestDatabase {
  readonly #name: string
  #opening: Promise<IDBDatabase> | undefined

  constructor(name: string) {
    this.#name = name
  }

  put(tab: string, key: string, record: unknown): Promise<void> {
    return this.#use((store) => void store.put(record, [tab, key]))
  }

  remove(tab: string, key: string): Promise<void> {
    return this.#use((store) => void store.delete([tab, key]))
  }

  /** The tabs that own something. Keys that no outbox wrote are removed. */
  async tabs(): Promise<ReadonlySet<string>> {
    const tabs = new Set<string>()
    await this.#use((store) =>
      walk(store.openKeyCursor(), ({ key }) => {
        if (isOurs(key)) tabs.add(key[0])
        else store.delete(key)
        return true
      }),
    )
    return tabs
  }

  /** Gives everything of one tab to another, all or nothing. @returns What was moved. */
  async move(from: string, to: string): Promise<readonly FoundRequest[]> {
    const found: FoundRequest[] = []
    await this.#use((store) =>
      walk(store.openCursor(IDBKeyRange.bound([from], [from, []])), (cursor) => {
        const { primaryKey, value } = cursor as { readonly primaryKey: IDBValidKey; readonly value: unknown }
        const key = isOurs(primaryKey) ? primaryKey[1] : ''
        cursor.delete()
        store.put(value, [to, key])
        found.push({ key, record: value })
        return found.length < maxMoved
      }),
    )
    return found
  }

  async close(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    if (opening) (await opening).close()
  }

  /** Transactions run in the order of the calls: each is begun as soon as the one database is open. */
  async #use(begin: (store: IDBObjectStore) => void): Promise<void> {
    const database = await this.#open()
    const transaction = database.transaction(table, 'readwrite')
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser ended a transaction of IndexedDB'))
    })
    begin(transaction.objectStore(table))
    return done
  }

  #open(): Promise<IDBDatabase> {
    if (this.#opening) return this.#opening
    const forget = () => {
      if (this.#opening === opening) this.#opening = undefined
    }
    const opening = openDatabase(this.#name, forget)
    this.#opening = opening
    opening.catch(forget)
    return opening
  }
}

/** @param ended Called when the browser closes it, as it does when somebody clears the site's data. */
function openDatabase(name: string, ended: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(table)
    request.onerror = () => reject(request.error ?? new Error('IndexedDB could not be opened'))
    request.onsuccess = () => {
      const database = request.result
      database.onclose = ended
      database.onversionchange = () => {
        ended()
        database.close()
      }
      resolve(database)
    }
  })
}

function isOurs(key: IDBValidKey): key is [tab: string, key: string] {
  return Array.isArray(key) && key.length === 2 && key.every((part) => typeof part === 'string')
}

/** Visits one record after the other, for as long as `visit` says so. */
function walk<T extends IDBCursor>(request: IDBRequest<T | null>, visit: (cursor: T) => boolean): void {
  request.onsuccess = () => {
    if (request.result && visit(request.result)) request.result.continue()
  }
}
