import * as Y from 'yjs'

/** One edit, and what of it must be in every replica once it is acknowledged. */
export interface Edit {
  readonly mark: string
  /** Clock after the last structure, by client id. */
  readonly clocks: ReadonlyMap<number, number>
  readonly deletions: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>
}

/** What was acknowledged to somebody. */
export class Ledger {
  /** Marks of edits that somebody undid, or that a restored version does not have: they need not be seen. */
  readonly undone = new Set<string>()
  /** Restoring undoes what it does not know by name, and writes again what was deleted. */
  hasRestored = false
  readonly #edits: Edit[] = []

  get count(): number {
    return this.#edits.length
  }

  acknowledged(edits: readonly Edit[]): void {
    this.#edits.push(...edits)
  }

  /** What is missing in `doc`, or twice there; each a line. */
  violations(doc: Y.Doc): string[] {
    const found: string[] = []
    const deleted = Y.createDeleteSetFromStructStore(doc.store)
    const marks = doc.getMap('marks')
    for (const { mark, clocks, deletions } of this.#edits) {
      for (const [client, clock] of clocks)
        if (Y.getState(doc.store, client) < clock)
          found.push(`edit ${mark} of ${client} was acknowledged and is missing`)
      for (const [client, spans] of deletions)
        for (const { clock, len } of spans)
          if (!covers(deleted, client, clock, len))
            found.push(`a deletion of edit ${mark} was acknowledged and is missing`)
      if (!marks.has(mark) && !this.undone.has(mark) && !this.hasRestored)
        found.push(`mark ${mark} was acknowledged, and nobody took it away`)
    }
    const order = doc.getArray<string>('order').toArray()
    if (!this.hasRestored && new Set(order).size < order.length) found.push('an edit is there twice')
    return found
  }
}

/** What one update adds. */
export function editOf(mark: string, update: Uint8Array): Edit {
  const { structs, ds } = Y.decodeUpdate(update)
  const clocks = new Map<number, number>()
  for (const { id, length } of structs) clocks.set(id.client, Math.max(clocks.get(id.client) ?? 0, id.clock + length))
  return { mark, clocks, deletions: ds.clients }
}

function covers(deleted: ReturnType<typeof Y.createDeleteSet>, client: number, clock: number, length: number): boolean {
  for (let at = clock; at < clock + length; at++) if (!Y.isDeleted(deleted, Y.createID(client, at))) return false
  return true
}
