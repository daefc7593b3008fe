import { harmful, missing } from './refuse.ts'
import type { Id, ReadUpdate, Section, Struct } from './read-update.ts'

/** Levels of types in types within one update. */
export const mostLevels = 200

interface Cursor {
  readonly section: Section
  next: number
  /** The clock up to which the document has this client. */
  clock: number
  isWaiting: boolean
  /** How deep each struct stands below what the document had before; only up to `next`. */
  readonly depths: number[]
  /** Of types that were placed. */
  levels: number
}

/**
 * Goes through the structs in an order in which Yjs could integrate them (utils/encoding.js, `integrateStructs`), each once: whatever
 * it cannot place would stay pending in every reader, for good.
 *
 * @returns How many levels of types it adds at most to what the document has; 0 without types.
 * @throws MillraceError INVALID_INPUT: a gap in the clocks, a reference to what is not there, a cycle, types too deep
 */
export function orderStructs({ sections }: ReadUpdate, known: ReadonlyMap<number, number>): number {
  const cursors = new Map<number, Cursor>()
  for (const section of sections.values()) {
    const clock = known.get(section.client) ?? 0
    if (section.clock > clock) throw missing(section.client, clock)
    cursors.set(section.client, { section, next: 0, clock, isWaiting: false, depths: [], levels: 0 })
  }
  const waiting: Cursor[] = []
  for (const cursor of cursors.values()) {
    while (cursor.next < cursor.section.structs.length) {
      let top: Cursor | undefined = cursor
      while (top) top = step(top, cursors, known, waiting)
    }
  }
  let levels = 0
  for (const cursor of cursors.values()) levels = Math.max(levels, cursor.levels)
  return levels
}

/** Places the next struct of `cursor`, or lets it wait for another client's. Answers whose turn it is then. */
function step(
  cursor: Cursor,
  cursors: ReadonlyMap<number, Cursor>,
  known: ReadonlyMap<number, number>,
  waiting: Cursor[],
): Cursor | undefined {
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
  const depth = depthOf(struct, cursors)
  cursor.depths.push(depth)
  if (struct.isType) cursor.levels = Math.max(cursor.levels, depth + 1)
  if (cursor.levels > mostLevels) throw harmful(`types are nested deeper than ${mostLevels}`)
  cursor.next++
  cursor.clock = Math.max(cursor.clock, struct.clock + struct.length)
  const before = waiting.pop()
  if (before) before.isWaiting = false
  return before
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
  const { structs } = cursor.section
  let from = 0
  let to = cursor.depths.length - 1
  while (from < to) {
    const middle = (from + to + 1) >> 1
    if ((structs[middle] as Struct).clock <= clock) from = middle
    else to = middle - 1
  }
  return cursor.depths[from] ?? 0
}
