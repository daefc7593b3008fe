import { harmful, missing } from './refuse.ts'
import type { Id, ReadUpdate, Section, Struct } from './read-update.ts'

/** Levels of types in types within one update. */
export const mostLevels = 200

/** A struct, or the end of one, that the document does not have yet. */
export interface Placed {
  readonly client: number
  /** Its first clock. */
  readonly from: number
  /** The clock after it. */
  readonly to: number
  readonly origin: Id | undefined
  readonly struct: Struct
  /** Whether it is the value of a key; an id: what the document has there is it, too, or is not. */
  readonly isKeyed: IsKeyed
}

type IsKeyed = boolean | Id

interface Ordered {
  /** How many levels of types it adds at most to what the document has; 0 without types. */
  readonly levels: number
  /** Each after what it refers to. */
  readonly places: readonly Placed[]
}

interface Cursor {
  readonly section: Section
  /** The clock up to which the document has this client. */
  readonly known: number
  next: number
  /** The clock up to which the document has this client. */
  clock: number
  isWaiting: boolean
  /** How deep each struct stands below what the document had before; only up to `next`. */
  readonly depths: number[]
  /** Of each struct, only up to `next`. */
  readonly keyed: IsKeyed[]
  /** Of types that were placed. */
  levels: number
}

interface Walk {
  readonly cursors: ReadonlyMap<number, Cursor>
  readonly known: ReadonlyMap<number, number>
  readonly waiting: Cursor[]
  readonly places: Placed[]
  readonly mostLevels: number
}

/**
 * Goes through the structs in an order in which Yjs could integrate them (utils/encoding.js, `integrateStructs`), each once: whatever
 * it cannot place would stay pending in every reader, for good.
 *
 * @param most Levels of types in types.
 * @throws MillraceError INVALID_INPUT: a gap in the clocks, a reference to what is not there, a cycle, types too deep
 */
export function orderStructs(
  { sections }: Pick<ReadUpdate, 'sections'>,
  known: ReadonlyMap<number, number>,
  most = mostLevels,
): Ordered {
  const cursors = new Map<number, Cursor>()
  for (const section of sections.values()) {
    const clock = known.get(section.client) ?? 0
    if (section.clock > clock) throw missing(section.client, clock)
    const cursor = { section, known: clock, next: 0, clock, isWaiting: false, depths: [], keyed: [], levels: 0 }
    cursors.set(section.client, cursor)
  }
  const walk: Walk = { cursors, known, waiting: [], places: [], mostLevels: most }
  for (const cursor of cursors.values()) {
    while (cursor.next < cursor.section.structs.length) {
      let top: Cursor | undefined = cursor
      while (top) top = step(top, walk)
    }
  }
  let levels = 0
  for (const cursor of cursors.values()) levels = Math.max(levels, cursor.levels)
  return { levels, places: walk.places }
}

/** Places the next struct of `cursor`, or lets it wait for another client's. Answers whose turn it is then. */
function step(cursor: Cursor, walk: Walk): Cursor | undefined {
  const { cursors, known, waiting } = walk
  const { section } = cursor
  const struct = section.structs[cursor.next] as Struct
  const absent = firstAbsent(struct, section.client, cursors, known)
  if (absent) {
    const other = cursors.get(absent.client)
    if (!other || other.next === other.section.structs.length)
      throw missing(absent.client, other?.clock ?? known.get(absent.client) ?? 0)
    if (other === cursor || other.isWaiting) throw harmful('its structs refer to each other in a circle')
    cursor.isWaiting = true
    waiting.push(cursor)
    return other
  }
  place(cursor, struct, walk)
  const before = waiting.pop()
  if (before) before.isWaiting = false
  return before
}

function place(cursor: Cursor, struct: Struct, { cursors, places, mostLevels: most }: Walk): void {
  const { section, known } = cursor
  const { client } = section
  const depth = depthOf(struct, cursors)
  cursor.depths.push(depth)
  if (struct.isType) cursor.levels = Math.max(cursor.levels, depth + 1)
  if (cursor.levels > most) throw harmful(`types are nested deeper than ${most}`)
  const from = Math.max(struct.clock, known)
  const to = struct.clock + struct.length
  // Of what is known the document tells what it is, and not the update.
  const origin = from > struct.clock ? { client, clock: from - 1 } : struct.origin
  const neighbour = origin ?? struct.rightOrigin
  const isKeyed = neighbour ? keyedAt(neighbour, cursors) : struct.isKeyed
  cursor.keyed.push(isKeyed)
  if (from < to) places.push({ client, from, to, origin, struct, isKeyed })
  cursor.next++
  cursor.clock = Math.max(cursor.clock, to)
}

function firstAbsent(
  { clock, origin, rightOrigin, parent }: Struct,
  client: number,
  cursors: ReadonlyMap<number, Cursor>,
  known: ReadonlyMap<number, number>,
): Id | undefined {
  for (const id of [origin, rightOrigin, parent]) {
    if (!id) continue
    // Of its own client only what came before: Yjs does not look, and throws.
    if (
      id.client === client
        ? id.clock >= clock
        : id.clock >= (cursors.get(id.client)?.clock ?? known.get(id.client) ?? 0)
    )
      return id
  }
  return undefined
}

/** Items beside each other are equally deep; what the document had before counts as 0. */
function depthOf({ origin, rightOrigin, parent }: Struct, cursors: ReadonlyMap<number, Cursor>): number {
  const neighbour = origin ?? rightOrigin
  if (neighbour) return placedDepth(neighbour, cursors)
  return parent ? placedDepth(parent, cursors) + 1 : 0
}

function placedDepth({ client, clock }: Id, cursors: ReadonlyMap<number, Cursor>): number {
  const cursor = cursors.get(client)
  if (!cursor || clock < cursor.section.clock) return 0
  return cursor.depths[indexAt(cursor, clock)] ?? 0
}

function keyedAt(id: Id, cursors: ReadonlyMap<number, Cursor>): IsKeyed {
  const cursor = cursors.get(id.client)
  if (!cursor || id.clock < cursor.known) return id
  return cursor.keyed[indexAt(cursor, id.clock)] ?? false
}

/** Of the placed struct that `clock` is in. */
function indexAt({ section: { structs }, depths }: Cursor, clock: number): number {
  let from = 0
  let to = depths.length - 1
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if ((structs[middle] as Struct).clock <= clock) from = middle
    else to = middle - 1
  }
  return from
}
