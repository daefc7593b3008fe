import { ByteReader } from './byte-reader.ts'
import { harmful, unreadable } from './refuse.ts'

/**
 * What a client says that it has: client ids and clocks. `Y.decodeStateVector` takes anything that reads as numbers.
 *
 * @throws MillraceError INVALID_INPUT
 */
export function readStateVector(bytes: Uint8Array): Map<number, number> {
  const reader = new ByteReader(bytes)
  const count = reader.varUint()
  if (count > reader.left / 2) throw unreadable('a state vector ends too early')
  const clocks = new Map<number, number>()
  while (clocks.size < count) {
    const client = reader.varUint()
    const clock = reader.varUint()
    if (client >= 2 ** 32 || clock >= 2 ** 31 || clocks.has(client))
      throw harmful('a state vector that Yjs does not write')
    clocks.set(client, clock)
  }
  if (reader.left > 0) throw unreadable('bytes are left after a state vector')
  return clocks
}
