import { ByteReader } from './byte-reader.ts'
import type { PlacedUpdate } from './examine.ts'
import type { Id, Struct } from './read-update.ts'

/** One update of a document, and what it added to those before it. */
export interface DocumentPart extends PlacedUpdate {
  readonly update: Uint8Array
}

/** Stands for no item. */
export const none = -1

/**
 * The items of a document as Yjs has them in the end: cut wherever something refers to, or is deleted. In columns, by numbers; those of
 * one client follow each other.
 */
export interface Items {
  readonly count: number
  readonly client: Uint32Array
  /** What each was written behind and before. */
  readonly origin: Int32Array
  readonly rightOrigin: Int32Array
  /** The number of the list that it says it stands in, where it has no neighbours. */
  readonly list: Int32Array
  /** Of each list whether it holds the values of one key. */
  readonly keyed: readonly boolean[]
  readonly isCollected: Uint8Array
  /** Which one holds a clock. */
  readonly find: (id: Id) => number
}

interface Column {
  readonly first: number
  readonly clocks: Float64Array
}

export function itemsOf(parts: readonly DocumentPart[]): Items {
  const columns = new Map<number, Column>()
  let count = 0
  for (const [client, starts] of startsOf(parts)) {
    const clocks = Float64Array.from(new Set(starts)).sort()
    columns.set(client, { first: count, clocks })
    count += clocks.length
  }
  const find = ({ client, clock }: Id): number => {
    const { first, clocks } = columns.get(client) as Column
    return first + indexAt(clocks, clock)
  }
  const [origin, rightOrigin, list] = [0, 1, 2].map(() => new Int32Array(count).fill(none)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ]
  const client = new Uint32Array(count)
  const isCollected = new Uint8Array(count)
  const lists = new Map<string, number>()
  const keyed: boolean[] = []
  for (const { update, places } of parts) {
    for (const place of places) {
      const { struct } = place
      const first = find({ client: place.client, clock: place.from })
      const end = find({ client: place.client, clock: place.to - 1 })
      const right = struct.rightOrigin ? find(struct.rightOrigin) : none
      for (let item = first; item <= end; item++) {
        client[item] = place.client
        origin[item] = item - 1
        rightOrigin[item] = right
        isCollected[item] = struct.isCollected ? 1 : 0
      }
      origin[first] = place.origin ? find(place.origin) : none
      if (place.origin || struct.rightOrigin || struct.isCollected) continue
      const name = listName(update, struct)
      const number = lists.get(name) ?? lists.size
      if (number === lists.size) keyed.push(struct.isKeyed)
      lists.set(name, number)
      list[first] = number
    }
  }
  return { count, client, origin, rightOrigin, list, keyed, isCollected, find }
}

/** Of each client the clocks at which an item begins, in any order. */
function startsOf(parts: readonly DocumentPart[]): Map<number, number[]> {
  const starts = new Map<number, number[]>()
  const ends = new Map<number, number>()
  for (const { places } of parts) {
    for (const { client, from, to } of places) {
      const of = starts.get(client)
      if (of) of.push(from)
      else starts.set(client, [from])
      ends.set(client, to)
    }
  }
  const cut = (client: number, clock: number) => {
    if (clock < (ends.get(client) ?? 0)) starts.get(client)?.push(clock)
  }
  for (const { places, deletions } of parts) {
    for (const { origin, struct } of places) {
      if (origin) cut(origin.client, origin.clock + 1)
      if (struct.rightOrigin) cut(struct.rightOrigin.client, struct.rightOrigin.clock)
    }
    for (const { client, ranges } of deletions) for (const bound of ranges) cut(client, bound)
  }
  return starts
}

function indexAt(clocks: Float64Array, clock: number): number {
  let from = 0
  let to = clocks.length - 1
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if ((clocks[middle] as number) <= clock) from = middle
    else to = middle - 1
  }
  return from
}

/** The same for all that stand in one type, or under one key of it. */
function listName(update: Uint8Array, { parentAt, parent, isKeyed }: Struct): string {
  const reader = new ByteReader(update)
  reader.at = parentAt
  reader.varUint()
  const name = parent ? `${reader.varUint()}.${reader.varUint()}` : latin1(reader.varBytes())
  return isKeyed ? `${name.length} ${name}${latin1(reader.varBytes())}` : `- ${name}`
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
