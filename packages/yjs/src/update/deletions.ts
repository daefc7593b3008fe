import * as Y from 'yjs'

export interface Span {
  readonly clock: number
  readonly len: number
}

/** Deleted clocks by client id. */
export type Deletions = ReadonlyMap<number, readonly Span[]>

/** All that these updates delete, as sorted spans that do not touch. */
export function deletionsOf(updates: readonly Uint8Array[]): Deletions {
  return Y.mergeDeleteSets(updates.map((update) => Y.decodeUpdate(update).ds)).clients
}

/** What is in `ours` and not in `theirs`; both sorted, as Yjs keeps them. */
export function withoutDeletions(ours: Deletions, theirs: Deletions): Deletions {
  const left = new Map<number, Span[]>()
  for (const [client, spans] of ours) {
    const kept = spansWithout(spans, theirs.get(client) ?? [])
    if (kept.length > 0) left.set(client, kept)
  }
  return left
}

function spansWithout(ours: readonly Span[], theirs: readonly Span[]): Span[] {
  const left: Span[] = []
  let at = 0
  for (const { clock, len } of ours) {
    let from = clock
    const end = clock + len
    while (at < theirs.length && endOf(theirs[at]!) <= from) at += 1
    for (let next = at; next < theirs.length && theirs[next]!.clock < end; next += 1) {
      const taken = theirs[next]!
      if (taken.clock > from) left.push({ clock: from, len: taken.clock - from })
      from = Math.max(from, endOf(taken))
    }
    if (from < end) left.push({ clock: from, len: end - from })
  }
  return left
}

function endOf({ clock, len }: Span): number {
  return clock + len
}
