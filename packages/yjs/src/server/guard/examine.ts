import { MillraceError } from '@millrace/contract'
import { checkDeletions } from './check-deletions.ts'
import { orderStructs, type Placed } from './order-structs.ts'
import { readUpdate, type Deletions } from './read-update.ts'
import { tooLarge, tooManyClients } from './refuse.ts'
import { withoutKnown } from './without-known.ts'

export interface GuardLimits {
  /** Largest update, bytes. */
  readonly maxUpdateBytes: number
  /** What the document may still grow by, bytes. Where it is used up, deletions are still let in. */
  readonly bytesLeft: number
}

export interface Accepted {
  readonly ok: true
  /**
   * What is to be stored: the bytes as they came, or, where they held structs that the document has, without those. A struct is stored
   * once, so that nobody's words come a second time, and differently, out of another's update; and Yjs believes what the known
   * beginning of a struct says of where its end stands, so that a forged one breaks the types of every reader.
   */
  readonly update: Uint8Array
  /** False: the document has all of it; there is nothing to store. */
  readonly adds: boolean
  /** Of each client with new structs: its clock after them. Its owner must be the one who sends. */
  readonly clocks: ReadonlyMap<number, number>
  /** Those of `clocks` of which the document has nothing: to be claimed before the update is stored. */
  readonly firstWritten: readonly number[]
  /** How many levels of types in types it adds at most to those of the document. */
  readonly levels: number
  /** Undefined where it was looked at in a thread: it is much, and is looked at there once more, in its document. */
  readonly placed: PlacedUpdate | undefined
}

/** What an update adds, and where. */
export interface PlacedUpdate {
  /** Each after what it refers to. */
  readonly places: readonly Placed[]
  readonly deletions: readonly Deletions[]
}

/** Client ids of a document: its state vector travels with every opening. */
export const mostClients = 65_536

interface Refused {
  readonly ok: false
  readonly error: MillraceError
}

export type Verdict = Accepted | Refused

/**
 * Whether a document with the state vector `known` may take an update, version 1. What passes is integrated by Yjs without an error
 * and leaves nothing pending, in any document that has just what `known` says. Takes microseconds for what somebody types, and at
 * most time in proportion to its bytes. Never throws.
 *
 * A refusal: INVALID_INPUT (with `MissingData` where the sender must open again), PAYLOAD_TOO_LARGE.
 */
export function examine(update: Uint8Array, known: ReadonlyMap<number, number>, limits: GuardLimits): Verdict {
  try {
    return accept(update, known, limits)
  } catch (error) {
    if (error instanceof MillraceError) return { ok: false, error }
    throw error
  }
}

function accept(update: Uint8Array, known: ReadonlyMap<number, number>, limits: GuardLimits): Accepted {
  const { byteLength } = update
  if (byteLength > limits.maxUpdateBytes) throw tooLarge('an update', byteLength, limits.maxUpdateBytes)
  const read = readUpdate(update)
  const { levels, places } = orderStructs(read, known)
  checkDeletions(read, known)
  const clocks = new Map<number, number>()
  const firstWritten: number[] = []
  let isRepeating = false
  for (const { client, clock, end } of read.sections.values()) {
    const have = known.get(client) ?? 0
    if (clock < have) isRepeating = true
    if (end <= have) continue
    clocks.set(client, end)
    if (have === 0) firstWritten.push(client)
  }
  const clients = known.size + firstWritten.length
  if (firstWritten.length > 0 && clients > mostClients) throw tooManyClients(clients, mostClients)
  if (clocks.size > 0 && byteLength > limits.bytesLeft)
    throw tooLarge('a document with this update', byteLength, limits.bytesLeft)
  return {
    ok: true,
    update: isRepeating ? withoutKnown(update, read, known) : update,
    adds: clocks.size > 0 || read.deletions.length > 0,
    clocks,
    firstWritten,
    levels,
    placed: { places, deletions: read.deletions },
  }
}
