import { decodeStateVector, encodeStateVector, parseUpdateMeta } from 'yjs'

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

export function encodeClocks(clocks: Clocks): Uint8Array {
  return encodeStateVector(new Map(clocks))
}
