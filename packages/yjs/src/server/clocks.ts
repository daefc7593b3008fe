import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { decodeStateVector, parseUpdateMeta } from 'yjs'

/** By client id: how many of its structs' clocks are known. Yjs calls it a state vector. */
export type Clocks = ReadonlyMap<number, number>

export function extendClocks(known: Map<number, number>, more: Clocks): void {
  for (const [client, clock] of more) if (clock > (known.get(client) ?? 0)) known.set(client, clock)
}

/** How far an update reaches, for each client id that writes in it. @throws Error where it is no update, version 1. */
export function clocksOf(update: Uint8Array): Clocks {
  return parseUpdateMeta(update).to
}

/** @throws Error where the bytes are no state vector. */
export function decodeClocks(bytes: Uint8Array): Map<number, number> {
  return decodeStateVector(bytes)
}

/** As `Y.encodeStateVector`, but in any order: sorting 65,536 ids holds the event loop longer than writing them. */
export function encodeClocks(clocks: Clocks): Uint8Array<ArrayBuffer> {
  const encoder = createEncoder()
  writeVarUint(encoder, clocks.size)
  for (const [client, clock] of clocks) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, clock)
  }
  return toUint8Array(encoder)
}
