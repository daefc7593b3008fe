/** What y-indexeddb calls the rows of a document: updates, which together are all that this browser has of it. */
const rows = 'updates'

/** What this browser keeps of a document, written by all of its tabs; nothing where it keeps none. */
export async function readRows(name: string): Promise<readonly Uint8Array[]> {
  const database = await openCopy(name)
  if (!database) return []
  try {
    return await answerOf<Uint8Array[]>(database.transaction(rows, 'readonly').objectStore(rows).getAll())
  } finally {
    database.close()
  }
}

/**
 * Puts an update in place of all that is kept, at once or not at all.
 *
 * @param isKnown Whether the update holds all of a row. One that another tab has just written is not thrown away.
 * @returns Whether it was done: false where a row was not known.
 */
export async function replaceRows(
  name: string,
  update: Uint8Array,
  isKnown: (row: Uint8Array) => boolean,
): Promise<boolean> {
  const database = await openCopy(name)
  if (!database) throw new Error('this browser keeps no copy of the document any more; reload the page')
  try {
    const transaction = database.transaction(rows, 'readwrite')
    const store = transaction.objectStore(rows)
    const done = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('the browser kept nothing')))
    })
    const kept = await answerOf<Uint8Array[]>(store.getAll())
    if (!kept.every(isKnown)) return false
    store.clear()
    store.add(update)
    await done
    return true
  } finally {
    database.close()
  }
}

/** Resolves once the copy is gone; a tab that has it open lets go of it. */
export async function removeRows(name: string): Promise<void> {
  await answerOf(indexedDB.deleteDatabase(name))
}

/** Undefined where there is none: an empty one in its place could not be used by y-indexeddb. */
async function openCopy(name: string): Promise<IDBDatabase | undefined> {
  const opening = indexedDB.open(name)
  let isNew = false
  opening.addEventListener('upgradeneeded', () => {
    isNew = true
    opening.transaction?.abort()
  })
  try {
    const database = await answerOf(opening)
    database.addEventListener('versionchange', () => database.close())
    return database
  } catch (fault) {
    if (isNew) return undefined
    throw fault
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser refused IndexedDB')))
  })
}
