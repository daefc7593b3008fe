import { fail } from '@millrace/contract'
import type { LiveDocument } from './live-document.ts'

/** Keeps the documents that a node has open, by the key of their room. */
const documentsOfNodes = new WeakMap<object, Map<string, LiveDocument>>()

interface Room {
  readonly node: object
  readonly key: string
}

export function enterDocument({ node, key }: Room, document: LiveDocument): void {
  const documents = documentsOfNodes.get(node) ?? new Map<string, LiveDocument>()
  documents.set(key, document)
  documentsOfNodes.set(node, documents)
}

/** Unless the room was opened again meanwhile. */
export function forgetDocument({ node, key }: Room, document: LiveDocument): void {
  const documents = documentsOfNodes.get(node)
  if (documents?.get(key) === document) documents.delete(key)
}

export function findDocument({ node, key }: Room): LiveDocument | undefined {
  return documentsOfNodes.get(node)?.get(key)
}

/** The document of a room that has members here. @throws MillraceError UNAVAILABLE. */
export function mustFindDocument(room: Room): LiveDocument {
  const document = findDocument(room)
  if (document === undefined) throw fail('UNAVAILABLE', 'the room was closed meanwhile; join it again')
  return document
}
