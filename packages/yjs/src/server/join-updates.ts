import { mergeUpdates } from 'yjs'

/** Yjs sorts all that it merges for each struct. */
const mostAtOnce = 64

/** One update of many that follow each other, without making a document of them. */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let left = [...updates]
  while (left.length > mostAtOnce) {
    const groups: Uint8Array[] = []
    for (let at = 0; at < left.length; at += mostAtOnce) groups.push(mergeUpdates(left.slice(at, at + mostAtOnce)))
    left = groups
  }
  return mergeUpdates(left)
}
