import type { OutputOf } from '@millrace/contract'
import type { DocumentRequests } from '../contract/document.ts'

/** One kept version of a document. */
export type Version = OutputOf<DocumentRequests['version.save']['output']>

export const indexName = 'versions'

/** The name of the blob that holds a version as one update. */
export function versionBlob(id: string): string {
  return `version/${id}`
}

export function encodeIndex(versions: readonly Version[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(versions))
}

/** Oldest first. @throws Error where the bytes are no index. */
export function decodeIndex(bytes: Uint8Array): Version[] {
  const index: unknown = JSON.parse(new TextDecoder().decode(bytes))
  if (!Array.isArray(index) || !index.every(isVersion))
    throw new Error('the stored list of versions of a document cannot be read; restore it from a copy')
  return index
}

function isVersion(value: unknown): value is Version {
  const { id, kind, name, at, by, byteLength } = (value ?? {}) as Partial<Record<keyof Version, unknown>>
  return (
    typeof id === 'string' &&
    (kind === 'automatic' || kind === 'named') &&
    typeof name === 'string' &&
    typeof at === 'number' &&
    (by === null || typeof by === 'string') &&
    typeof byteLength === 'number'
  )
}
