import * as Y from 'yjs'
import { withoutDeletions, type Deletions, type Span } from './deletions.ts'
import { writeUpdate, type Section } from './write-update.ts'

type Struct = Y.Item | Y.GC | Y.Skip

/** A UTF-16 unit in UTF-8, at most. */
const bytesPerUnit = 3

/**
 * Splits an update, version 1, into several of about `maxBytes`, in an order in which each can be taken after those before it, by whoever
 * can take the whole. Text is split where it must be, other structures are not. What is deleted of a piece is deleted with it, or values
 * of maps that were overwritten would all be there for a moment; other deletions come with the last.
 */
export function causalPieces(update: Uint8Array, known: ReadonlyMap<number, number>, maxBytes: number): Uint8Array[] {
  if (update.length <= maxBytes) return [update]
  const { structs: whole, ds } = Y.decodeUpdate(update)
  const structs = whole.flatMap((struct) => splitText(struct, Math.ceil(maxBytes / bytesPerUnit)))
  const pieces: Uint8Array[] = []
  let sections = new Map<number, Section & { readonly structs: Struct[] }>()
  let bytes = 0
  let left: Deletions = ds.clients
  const finish = (isLast: boolean) => {
    const later = isLast ? new Map<number, Span[]>() : withoutDeletions(left, spansOf(sections))
    pieces.push(writeUpdate(sections, withoutDeletions(left, later)))
    left = later
    sections = new Map()
    bytes = 0
  }
  for (const struct of inCausalOrder(structs, known)) {
    const { client, clock } = struct.id
    const size = sizeOf(struct)
    if (bytes > 0 && bytes + size > maxBytes) finish(false)
    const section = sections.get(client) ?? { from: clock, structs: [] }
    section.structs.push(struct)
    sections.set(client, section)
    bytes += size
  }
  finish(true)
  return pieces
}

function spansOf(sections: ReadonlyMap<number, Section>): Deletions {
  const spans = new Map<number, Span[]>()
  for (const [client, { from, structs }] of sections) {
    const len = structs.reduce((total, struct) => total + struct.length, 0)
    spans.set(client, [{ clock: from, len }])
  }
  return spans
}

/** As Yjs itself splits an item into which something is inserted. */
function splitText(struct: Struct, units: number): Struct[] {
  const parts: Struct[] = [struct]
  for (let last = struct; last instanceof Y.Item && last.content instanceof Y.ContentString && last.length > units;) {
    const { id, content, rightOrigin, parent, parentSub } = last
    // A pair of surrogates stays together.
    const isPair = /[\uD800-\uDBFF]/.test(content.str.charAt(units - 1))
    const at = isPair ? units + 1 : units
    if (at >= last.length) break
    const rest = content.splice(at)
    const origin = Y.createID(id.client, id.clock + at - 1)
    last.length = at
    last = new Y.Item(Y.createID(id.client, id.clock + at), null, origin, null, rightOrigin, parent, parentSub, rest)
    parts.push(last)
  }
  return parts
}

/** Each after what it refers to. What refers to nothing known comes last, as it stands. */
function inCausalOrder(structs: readonly Struct[], known: ReadonlyMap<number, number>): Struct[] {
  const queues = new Map<number, Struct[]>()
  for (const struct of structs) {
    const queue = queues.get(struct.id.client) ?? []
    queue.push(struct)
    queues.set(struct.id.client, queue)
  }
  const have = new Map(known)
  const ordered: Struct[] = []
  const isHere = (id: Y.ID | null) => id === null || id.clock < (have.get(id.client) ?? 0)
  let before = -1
  while (ordered.length > before) {
    before = ordered.length
    for (const [client, queue] of queues) {
      const blocked = queue.findIndex((struct) => {
        if (!refersTo(struct).every(isHere)) return true
        have.set(client, struct.id.clock + struct.length)
        return false
      })
      ordered.push(...queue.splice(0, blocked < 0 ? queue.length : blocked))
      if (queue.length === 0) queues.delete(client)
    }
  }
  return [...ordered, ...[...queues.values()].flat()]
}

function refersTo(struct: Struct): (Y.ID | null)[] {
  if (!(struct instanceof Y.Item)) return []
  return [struct.origin, struct.rightOrigin, struct.parent instanceof Y.ID ? struct.parent : null]
}

function sizeOf(struct: Struct): number {
  return writeUpdate(new Map([[struct.id.client, { from: struct.id.clock, structs: [struct] }]]), new Map()).length
}
