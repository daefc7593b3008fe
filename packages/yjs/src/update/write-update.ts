import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Deletions } from './deletions.ts'

/** Structures of one client id without a gap, the first of them cut at `from` where it begins before. */
export interface Section {
  readonly from: number
  readonly structs: readonly (Y.Item | Y.GC | Y.Skip)[]
}

/** An update, version 1. Yjs integrates one faster with higher client ids first, and writes its own so. */
export function writeUpdate(sections: ReadonlyMap<number, Section>, deletions: Deletions): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const { restEncoder: rest } = encoder
  encoding.writeVarUint(rest, sections.size)
  for (const [client, { from, structs }] of highestFirst(sections)) {
    encoding.writeVarUint(rest, structs.length)
    encoder.writeClient(client)
    encoding.writeVarUint(rest, from)
    for (const struct of structs) struct.write(encoder, Math.max(0, from - struct.id.clock))
  }
  encoding.writeVarUint(rest, deletions.size)
  for (const [client, spans] of highestFirst(deletions)) {
    encoding.writeVarUint(rest, client)
    encoding.writeVarUint(rest, spans.length)
    for (const { clock, len } of spans) {
      encoding.writeVarUint(rest, clock)
      encoding.writeVarUint(rest, len)
    }
  }
  return encoder.toUint8Array()
}

function highestFirst<T>(byClient: ReadonlyMap<number, T>): [number, T][] {
  return [...byClient].toSorted(([one], [other]) => other - one)
}
