import type { Position } from '@millrace/contract'
import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { joinBytes } from './join-bytes.ts'

/** The name of the blob. */
export const snapshotName = 'snapshot'

const formatVersion = 1

export interface Snapshot {
  /** The last entry of the log that it holds. */
  readonly through: Position
  /** Of the update, encoded. */
  readonly stateVector: Uint8Array
  /** The whole document as one update, version 1. */
  readonly update: Uint8Array
}

export function encodeSnapshot({ through, stateVector, update }: Snapshot): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, formatVersion)
  writeVarString(encoder, through.epoch)
  writeVarUint(encoder, through.offset)
  writeVarString(encoder, through.id)
  writeVarUint8Array(encoder, stateVector)
  writeVarUint(encoder, update.byteLength)
  return joinBytes([toUint8Array(encoder), update])
}

/** @throws Error where the bytes are no snapshot that this version reads. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  try {
    const decoder = createDecoder(bytes)
    const version = readVarUint(decoder)
    if (version !== formatVersion) throw new Error(`its format is ${version}, and this version reads ${formatVersion}`)
    const through = { epoch: readVarString(decoder), offset: readVarUint(decoder), id: readVarString(decoder) }
    return { through, stateVector: readVarUint8Array(decoder), update: readVarUint8Array(decoder) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`the stored snapshot of a document cannot be read (${reason}); restore it from a copy`, {
      cause: error,
    })
  }
}
