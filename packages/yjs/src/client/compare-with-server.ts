import * as Y from 'yjs'
import { maxPartBytes } from '../contract/index.ts'
import type { DocumentRoom } from './document-room.ts'
import { missingUpdate } from './missing-update.ts'
import { readUpdates } from './read-updates.ts'

export interface Replica {
  readonly room: DocumentRoom
  readonly doc: Y.Doc
  /** Of what comes from the server. */
  readonly origin: unknown
}

export interface Comparison {
  /** What the server lacks. */
  readonly missing: Uint8Array | undefined
  /** The state vector of what it has. */
  readonly known: Uint8Array
  readonly canWrite: boolean
}

/** An opened document comes whole, over a slow line too, ms. */
const timeoutMs = 60_000

/**
 * Brings a replica up to date, and tells what the server lacks of it.
 *
 * @param compared Called in the same step in which that is looked at: what is edited after it is not in it.
 * @throws MillraceError where the server does not answer.
 */
export async function compareWithServer(
  { room, doc, origin }: Replica,
  compared: () => void = () => undefined,
): Promise<Comparison> {
  const outcome = await room.tryRequest('open', { stateVector: stateVectorOf(doc) }, { timeoutMs })
  if (!outcome.ok) throw outcome.error
  const { updates, known, canWrite } = outcome.data
  const received = readUpdates(updates)
  doc.transact(() => {
    for (const update of received) Y.applyUpdate(doc, update, origin)
  }, origin)
  // It also holds what was edited while the answer was on its way.
  const missing = missingUpdate(doc, known, received)
  compared()
  return { missing, known, canWrite }
}

/** Null: the whole document is asked for. */
function stateVectorOf(doc: Y.Doc): Uint8Array | null {
  const vector = Y.encodeStateVector(doc)
  return doc.store.clients.size > 0 && vector.length <= maxPartBytes ? vector : null
}
