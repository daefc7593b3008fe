import { readUpdate, type Id, type Struct } from './read-update.ts'

interface Placed {
  readonly structs: Struct[]
  /** Of each struct how many types it stands in; undefined while nobody asked. */
  readonly depths: (number | undefined)[]
}

interface Place {
  readonly placed: Placed
  readonly index: number
}

/**
 * How many types stand in each other at most, in the document that `updates` make in this order. Deleted ones count until they are
 * compacted away. Builds nothing of Yjs, so that nobody's structs make it slow.
 *
 * @throws MillraceError INVALID_INPUT where one is no update
 */
export function nestingOf(updates: readonly Uint8Array[]): number {
  const clients = new Map<number, Placed>()
  for (const update of updates) {
    for (const { client, structs } of readUpdate(update).sections.values()) {
      const placed = clients.get(client) ?? { structs: [], depths: [] }
      const last = placed.structs.at(-1)
      const end = last ? last.clock + last.length : 0
      // After a log was lost a snapshot may hold what its tail holds again.
      for (const struct of structs) if (struct.clock >= end) placed.structs.push(struct)
      clients.set(client, placed)
    }
  }
  let deepest = 0
  for (const placed of clients.values()) {
    for (const [index, struct] of placed.structs.entries())
      if (struct.isType) deepest = Math.max(deepest, 1 + depthAt({ placed, index }, clients))
  }
  return deepest
}

/** Follows what each stands beside or in, without recursion: there may be as many as structs. */
function depthAt(place: Place, clients: ReadonlyMap<number, Placed>): number {
  const path = [place]
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const { placed, index } = top
    if (placed.depths[index] !== undefined) {
      path.pop()
      continue
    }
    const { origin, rightOrigin, parent } = placed.structs[index] as Struct
    const neighbour = origin ?? rightOrigin
    const next = find(neighbour ?? parent, clients)
    const known = next ? next.placed.depths[next.index] : 0
    if (next && known === undefined) {
      path.push(next)
      continue
    }
    placed.depths[index] = (known ?? 0) + (parent && !neighbour ? 1 : 0)
  }
  return place.placed.depths[place.index] ?? 0
}

function find(id: Id | undefined, clients: ReadonlyMap<number, Placed>): Place | undefined {
  const placed = id && clients.get(id.client)
  if (!id || !placed) return undefined
  let from = 0
  let to = placed.structs.length - 1
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if ((placed.structs[middle] as Struct).clock <= id.clock) from = middle
    else to = middle - 1
  }
  return { placed, index: from }
}
