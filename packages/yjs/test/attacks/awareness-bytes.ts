import * as encoding from 'lib0/encoding'

export interface AwarenessEntry {
  readonly client: number
  readonly clock: number
  readonly state: unknown
}

/** An awareness update as y-protocols reads it. */
export function awarenessBytes(entries: readonly AwarenessEntry[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, entries.length)
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarString(encoder, JSON.stringify(state))
  }
  return encoding.toUint8Array(encoder)
}
