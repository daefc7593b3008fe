import { createEncoder, toUint8Array, writeUint8Array, writeVarUint, type Encoder } from 'lib0/encoding'
import { diffUpdate, encodeStateVector } from 'yjs'
import { ByteReader } from './byte-reader.ts'
import type { ReadUpdate, Section, Struct } from './read-update.ts'

/**
 * The update without the structs that `known` covers, as `Y.diffUpdate` would make it, but by copying bytes: that function makes an
 * object of each value, and a Y.Doc of each subdocument.
 */
export function withoutKnown(update: Uint8Array, read: ReadUpdate, known: ReadonlyMap<number, number>): Uint8Array {
  const kept = [...read.sections.values()].filter(({ client, end }) => end > (known.get(client) ?? 0))
  const encoder = createEncoder()
  writeVarUint(encoder, kept.length)
  for (const section of kept) writeSection(encoder, update, section, known.get(section.client) ?? 0)
  writeUint8Array(encoder, update.subarray(read.deletionsAt))
  return toUint8Array(encoder)
}

function writeSection(encoder: Encoder, update: Uint8Array, section: Section, from: number): void {
  const { client, structs, endAt } = section
  const first = structs.findIndex(({ clock, length }) => clock + length > from)
  const struct = structs[first] as Struct
  const secondAt = structs[first + 1]?.at ?? endAt
  const isWhole = struct.clock >= from
  for (const number of [structs.length - first, client, isWhole ? struct.clock : from]) writeVarUint(encoder, number)
  const bytes = update.subarray(struct.at, secondAt)
  writeUint8Array(encoder, isWhole ? bytes : endOf(bytes, client, struct.clock, from))
  writeUint8Array(encoder, update.subarray(secondAt, endAt))
}

/** The bytes of the end of one struct, from the clock `from`. */
function endOf(struct: Uint8Array, client: number, clock: number, from: number): Uint8Array {
  const encoder = createEncoder()
  for (const number of [1, 1, client, clock]) writeVarUint(encoder, number)
  writeUint8Array(encoder, struct)
  writeVarUint(encoder, 0)
  const rest = diffUpdate(toUint8Array(encoder), encodeStateVector(new Map([[client, from]])))
  const reader = new ByteReader(rest)
  for (let header = 0; header < 4; header++) reader.varUint()
  return rest.subarray(reader.at, -1)
}
