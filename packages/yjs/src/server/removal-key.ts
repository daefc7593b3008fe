const prefix = 'removed/'

/** Of the entry that ends what was before it; keys that a server draws for updates have no such beginning. */
export function removalKey(id: string): string {
  return prefix + id
}

/** Whether the document was removed before this entry: what came from users says nothing of it. */
export function isRemoval({ from, key }: { readonly from: string | null; readonly key: string | null }): boolean {
  return from === null && key !== null && key.startsWith(prefix)
}
