import * as Y from 'yjs'

/** How many neighbours Yjs itself looks at: it notes each in two sets. */
export function stepsOfYjs(updates: readonly Uint8Array[]): number {
  const own = Object.getOwnPropertyDescriptor(Set.prototype, 'add')!
  let notes = 0
  Set.prototype.add = function (value: unknown) {
    if (value instanceof Y.Item) notes++
    return Reflect.apply(own.value, this, [value]) as Set<unknown>
  }
  try {
    const doc = new Y.Doc()
    doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)))
  } finally {
    Object.defineProperty(Set.prototype, 'add', own)
  }
  return notes / 2
}
