/** Where a tab remembers what stood around the text of a document. */
export function deskPlace(userId: string, documentId: string): string {
  return `collab desk ${userId} ${documentId}`
}
