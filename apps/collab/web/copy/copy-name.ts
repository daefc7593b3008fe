/** What the copy of a document is called in this browser's IndexedDB: it tells users apart. */
export function copyName(userId: string, documentId: string): string {
  return `${beginningOf(userId)}${documentId}`
}

/** The document of a copy; undefined where it is none of this user's. */
export function documentOfCopy(userId: string, name: string): string | undefined {
  const beginning = beginningOf(userId)
  return name.startsWith(beginning) ? name.slice(beginning.length) : undefined
}

function beginningOf(userId: string): string {
  return `collab ${userId} `
}
