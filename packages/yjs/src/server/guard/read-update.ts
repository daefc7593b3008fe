import { ByteReader } from './byte-reader.ts'
import { deletedContent, readContent, typeContent } from './read-content.ts'
import { harmful, unreadable } from './refuse.ts'
import { textLength } from './text-length.ts'

export interface Id {
  readonly client: number
  readonly clock: number
}

export interface Struct {
  readonly clock: number
  readonly length: number
  readonly origin: Id | undefined
  readonly rightOrigin: Id | undefined
  /** Only of an item without neighbours in a type that is not at the root. */
  readonly parent: Id | undefined
  /** Whether it says that it is the value of a key; one with neighbours is what they are. */
  readonly isKeyed: boolean
  readonly isType: boolean
  /** It stands nowhere, in place of what was deleted. */
  readonly isCollected: boolean
  /** It stands for what was deleted, or is collected. */
  readonly isGone: boolean
  /** Where its bytes begin. */
  readonly at: number
  /** Where those of its parent begin; 0 where it has neighbours. */
  readonly parentAt: number
}

/** The structs of one client, each beginning where the one before it ends. */
export interface Section {
  readonly client: number
  readonly clock: number
  /** The clock after the last struct. */
  readonly end: number
  readonly structs: readonly Struct[]
  /** Where its bytes end. */
  readonly endAt: number
}

export interface Deletions {
  readonly client: number
  /** From (included) and to (excluded) in turn, ascending, nothing twice. */
  readonly ranges: readonly number[]
}

export interface ReadUpdate {
  readonly sections: ReadonlyMap<number, Section>
  readonly deletions: readonly Deletions[]
  /** Where the bytes of the deletions begin. */
  readonly deletionsAt: number
}

/** A collected struct stands nowhere. */
const nowhere = {
  origin: undefined,
  rightOrigin: undefined,
  parent: undefined,
  isKeyed: false,
  isType: false,
  isCollected: true,
  isGone: true,
  parentAt: 0,
}

/** Yjs draws 32 bits. */
const mostClient = 2 ** 32 - 1
/** Clocks above do not fit the integers that other implementations of Yjs count with. */
const mostClock = 2 ** 31 - 1

const hasOrigin = 128
const hasRightOrigin = 64
const hasParentKey = 32
const kindMask = 31
/** Stands for structs that are left out: those behind it wait for them. */
const skipKind = 10

/**
 * Reads an update, version 1, without building any Yjs object: `Y.decodeUpdate` hides where sections begin and that bytes are left,
 * makes a Y.Doc of every subdocument, and reads values by recursion. Bytes that Yjs itself never writes are refused, since readers
 * disagree on them: clients in another order or twice, bytes after the end, structs without length, deletions out of order.
 *
 * @throws MillraceError INVALID_INPUT
 */
export function readUpdate(update: Uint8Array): ReadUpdate {
  const reader = new ByteReader(update)
  const sections = new Map<number, Section>()
  let last = Infinity
  for (let count = reader.varUint(); count > 0; count--) {
    const section = readSection(reader)
    // `Y.mergeUpdates` relies on the order, and loses structs where it is another.
    if (section.client >= last) throw unreadable('its clients are not in descending order, or one of them comes twice')
    last = section.client
    sections.set(section.client, section)
  }
  const deletionsAt = reader.at
  const deletions = readDeletions(reader)
  if (reader.left > 0) throw unreadable(update[0] === 0 ? 'it may be one of version 2' : 'bytes are left after its end')
  return { sections, deletions, deletionsAt }
}

function readSection(reader: ByteReader): Section {
  const count = reader.varUint()
  const client = readClient(reader)
  const clock = readClock(reader)
  // A struct takes two bytes or more.
  if (count === 0 || count > reader.left) throw unreadable('a section has no structs, or fewer than it says')
  const structs: Struct[] = []
  let end = clock
  for (let index = 0; index < count; index++) {
    const struct = readStruct(reader, end)
    if (struct.length === 0) throw unreadable('a struct has no length')
    structs.push(struct)
    end += struct.length
    if (end > mostClock) throw harmful('a clock exceeds 2^31 - 1')
  }
  return { client, clock, end, structs, endAt: reader.at }
}

function readStruct(reader: ByteReader, clock: number): Struct {
  const { at } = reader
  const info = reader.byte()
  const kind = info & kindMask
  if (kind === 0) {
    if (info !== 0) throw unreadable('a collected struct has neighbours')
    return { ...nowhere, clock, length: reader.varUint(), at }
  }
  if (kind === skipKind) throw harmful('it leaves structs out (a Skip)')
  const origin = info & hasOrigin ? readId(reader) : undefined
  const rightOrigin = info & hasRightOrigin ? readId(reader) : undefined
  const isAlone = !origin && !rightOrigin
  const isKeyed = isAlone && (info & hasParentKey) !== 0
  const parentAt = isAlone ? reader.at : 0
  const parent = isAlone ? readParent(reader, isKeyed) : undefined
  const length = readContent(reader, kind)
  const isType = kind === typeContent
  const isGone = kind === deletedContent
  return { clock, length, origin, rightOrigin, parent, isKeyed, isType, isCollected: false, isGone, at, parentAt }
}

/** Undefined for a type at the root, which is named. */
function readParent(reader: ByteReader, hasKey: boolean): Id | undefined {
  const isRoot = reader.varUint()
  if (isRoot > 1) throw unreadable('a parent is of no known kind')
  let parent: Id | undefined
  if (isRoot) textLength(reader.varBytes())
  else parent = readId(reader)
  if (hasKey) textLength(reader.varBytes())
  return parent
}

function readDeletions(reader: ByteReader): Deletions[] {
  const deletions: Deletions[] = []
  const seen = new Set<number>()
  for (let count = reader.varUint(); count > 0; count--) {
    const client = readClient(reader)
    if (seen.has(client)) throw unreadable('it deletes of one client in two places')
    seen.add(client)
    const ranges: number[] = []
    let last = 0
    for (let left = reader.varUint(); left > 0; left--) {
      const clock = readClock(reader)
      const length = reader.varUint()
      if (length === 0) throw unreadable('a deletion has no length')
      // Ranges over each other would make readers walk the same structs once for each.
      if (clock < last) throw unreadable('deletions overlap, or are not in order')
      last = clock + length
      if (last > mostClock) throw harmful('a clock exceeds 2^31 - 1')
      ranges.push(clock, last)
    }
    if (ranges.length > 0) deletions.push({ client, ranges })
  }
  return deletions
}

function readId(reader: ByteReader): Id {
  return { client: readClient(reader), clock: readClock(reader) }
}

function readClient(reader: ByteReader): number {
  const client = reader.varUint()
  if (client > mostClient) throw harmful('a client id exceeds 32 bits')
  return client
}

function readClock(reader: ByteReader): number {
  const clock = reader.varUint()
  if (clock > mostClock) throw harmful('a clock exceeds 2^31 - 1')
  return clock
}
