import * as encoding from 'lib0/encoding'

interface Id {
  readonly client: number
  readonly clock: number
}

/** Where a struct stands: beside others, in a type, or at the root; `key`: as the value of a map. */
export interface Place {
  readonly origin?: Id
  readonly rightOrigin?: Id
  readonly parent?: Id | string
  readonly key?: string
}

type WriteContent = (encoder: encoding.Encoder) => void

export interface StructBytes {
  readonly kind: number
  readonly place?: Place
  readonly content: WriteContent
}

export interface SectionBytes {
  readonly client: number
  readonly clock: number
  readonly structs: readonly StructBytes[]
}

export interface DeletionBytes {
  readonly client: number
  /** Clock and length of each. */
  readonly ranges: readonly (readonly [number, number])[]
}

/** An update, version 1, as nobody's editor writes it: checked by nobody. Clients come in the order of Yjs, the highest first. */
export function updateBytes(sections: readonly SectionBytes[], deletions: readonly DeletionBytes[] = []): Uint8Array {
  return unorderedBytes(
    sections.toSorted((a, b) => b.client - a.client),
    deletions,
  )
}

/** As `updateBytes`, with the clients in the order in which they are given. */
export function unorderedBytes(
  sections: readonly SectionBytes[],
  deletions: readonly DeletionBytes[] = [],
): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, sections.length)
  for (const { client, clock, structs } of sections) {
    for (const number of [structs.length, client, clock]) encoding.writeVarUint(encoder, number)
    for (const struct of structs) writeStruct(encoder, struct)
  }
  encoding.writeVarUint(encoder, deletions.length)
  for (const { client, ranges } of deletions) {
    for (const number of [client, ranges.length, ...ranges.flat()]) encoding.writeVarUint(encoder, number)
  }
  return encoding.toUint8Array(encoder)
}

/** An update of client 2, who did not write before. */
export function updateOf(...structs: StructBytes[]): Uint8Array {
  return updateBytes([{ client: 2, clock: 0, structs }])
}

function writeStruct(encoder: encoding.Encoder, { kind, place, content }: StructBytes): void {
  const { origin, rightOrigin, parent = 'text', key } = place ?? {}
  const isItem = kind !== 0 && kind !== 10
  const flags = (origin ? 128 : 0) | (rightOrigin ? 64 : 0) | (key === undefined ? 0 : 32)
  encoding.writeUint8(encoder, kind | (isItem ? flags : 0))
  if (origin) writeId(encoder, origin)
  if (rightOrigin) writeId(encoder, rightOrigin)
  if (isItem && !origin && !rightOrigin) {
    encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent)
    else writeId(encoder, parent)
    if (key !== undefined) encoding.writeVarString(encoder, key)
  }
  content(encoder)
}

function writeId(encoder: encoding.Encoder, { client, clock }: Id): void {
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
}

function lengthOf(length: number): WriteContent {
  return (encoder) => encoding.writeVarUint(encoder, length)
}

// The kinds of struct, by the numbers of Yjs.
export const collected = (length: number): StructBytes => ({ kind: 0, content: lengthOf(length) })
export const deleted = (length: number, place: Place = {}): StructBytes => ({
  kind: 1,
  place,
  content: lengthOf(length),
})
export const leftOut = (length: number): StructBytes => ({ kind: 10, content: lengthOf(length) })
export const text = (value: string, place: Place = {}): StructBytes => ({
  kind: 4,
  place,
  content: (encoder) => encoding.writeVarString(encoder, value),
})
export const type = (ref: number, place: Place = {}): StructBytes => ({ kind: 7, place, content: lengthOf(ref) })
export const any = (values: readonly unknown[], place: Place = {}): StructBytes => ({
  kind: 8,
  place,
  content(encoder) {
    encoding.writeVarUint(encoder, values.length)
    for (const value of values) encoding.writeAny(encoder, value as never)
  },
})
export const embed = (json: string, place: Place = {}): StructBytes => ({
  kind: 5,
  place,
  content: (encoder) => encoding.writeVarString(encoder, json),
})
export const format = (key: string, json: string, place: Place = {}): StructBytes => ({
  kind: 6,
  place,
  content(encoder) {
    encoding.writeVarString(encoder, key)
    encoding.writeVarString(encoder, json)
  },
})
export const subdocument = (guid: string, options: unknown, place: Place = {}): StructBytes => ({
  kind: 9,
  place,
  content(encoder) {
    encoding.writeVarString(encoder, guid)
    encoding.writeAny(encoder, options as never)
  },
})
/** Content as it is given. */
export const raw = (kind: number, bytes: readonly number[], place: Place = {}): StructBytes => ({
  kind,
  place,
  content: (encoder) => encoding.writeUint8Array(encoder, Uint8Array.from(bytes)),
})
