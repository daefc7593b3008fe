import { createEncoder, toUint8Array, writeUint8, writeVarString, writeVarUint } from 'lib0/encoding'
import { ByteReader } from './byte-reader.ts'
import { mostIds, mostIdsPerUser, Owners } from './owners.ts'

const version = 1
/** Bytes of the longest user id, at most three for each of 1,000 characters. */
const mostUserBytes = 3_000

/** Version, number of users; of each its id, the number of its client ids, and those, the oldest first. */
export function encodeOwners({ idsOf }: Owners): Uint8Array<ArrayBuffer> {
  const encoder = createEncoder()
  writeUint8(encoder, version)
  writeVarUint(encoder, idsOf.size)
  for (const [user, ids] of idsOf) {
    writeVarString(encoder, user)
    writeVarUint(encoder, ids.length)
    for (const id of ids) writeVarUint(encoder, id)
  }
  return toUint8Array(encoder)
}

/** @throws Error where the bytes are not what `encodeOwners` wrote. */
export function decodeOwners(bytes: Uint8Array): Owners {
  const reader = new ByteReader(bytes)
  if (reader.byte() !== version) throw damaged('its version')
  const users = reader.varUint()
  const idsOf = new Map<string, number[]>()
  let size = 0
  for (let user = 0; user < users; user++) {
    const name = reader.varBytes()
    const count = reader.varUint()
    size += count
    if (name.length > mostUserBytes || count > mostIdsPerUser || size > mostIds) throw damaged('its size')
    const ids: number[] = []
    while (ids.length < count) ids.push(reader.varUint())
    idsOf.set(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name), ids)
  }
  const owners = new Owners(idsOf)
  if (reader.left > 0 || owners.size !== size || idsOf.size !== users) throw damaged('its end')
  return owners
}

function damaged(what: string): Error {
  return new Error(
    `the table of a document's client ids is damaged (${what}); remove the blob "owners", then ids are claimed anew`,
  )
}
