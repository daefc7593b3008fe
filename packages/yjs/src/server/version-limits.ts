import { fail } from '@millrace/contract'
import type { Version } from './version-index.ts'

const mostAutomatic = 100
const mostNamed = 200
/** Bytes of all versions, in documents of the largest size. */
const mostDocuments = 8

/**
 * The versions that remain with a new one: automatic ones make room, the oldest first.
 *
 * @throws MillraceError OVERLOADED where named ones take all the room.
 */
export function withVersion(versions: readonly Version[], added: Version, maxBytes: number): Version[] {
  const kept = [...versions]
  if (added.kind === 'named' && kept.filter(isNamed).length >= mostNamed)
    throw fail('OVERLOADED', `a document has at most ${mostNamed} named versions; remove one first`)
  const isTooMuch = () =>
    kept.filter((version) => !isNamed(version)).length + (added.kind === 'automatic' ? 1 : 0) > mostAutomatic ||
    kept.reduce((total, version) => total + version.byteLength, added.byteLength) > mostDocuments * maxBytes
  while (isTooMuch()) {
    const oldest = kept.findIndex((version) => !isNamed(version))
    if (oldest === -1)
      throw fail('OVERLOADED', 'the named versions of the document take all the room; remove one first')
    kept.splice(oldest, 1)
  }
  return [...kept, added]
}

function isNamed({ kind }: Version): boolean {
  return kind === 'named'
}
