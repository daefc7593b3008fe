import type { WireError } from '@millrace/contract'
import { encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { examine, type Accepted, type GuardLimits } from '../guard/examine.ts'
import { nestingOf } from '../guard/nesting-of.ts'
import { survey, type Survey } from '../guard/survey.ts'
import { causalPieces } from '../../update/causal-pieces.ts'
import { clocksOf, decodeClocks, encodeClocks } from '../clocks.ts'
import { joinUpdates } from '../join-updates.ts'
import { lacking } from '../lacking.ts'
import { openPieces } from '../open-pieces.ts'
import { decodePieces, encodePieces } from '../piece-list.ts'
import { restoringUpdate } from '../restore.ts'

/** The document as one update. */
export interface Merged {
  readonly update: Uint8Array
  readonly stateVector: Uint8Array
}

/** What may take longer than the event loop of a server has: done here, or in a thread of its own. `pieces`: see `encodePieces`. */
export interface Jobs {
  merge: { readonly ask: { readonly pieces: Uint8Array }; readonly answer: Merged & { readonly tookMs: number } }
  /** As `merge`, with all that was deleted, in time that grows with the bytes alone. */
  join: { readonly ask: { readonly pieces: Uint8Array }; readonly answer: Merged }
  /** How many types stand in each other at most. */
  nesting: { readonly ask: { readonly pieces: Uint8Array }; readonly answer: number }
  survey: { readonly ask: { readonly pieces: Uint8Array }; readonly answer: Survey }
  diff: { readonly ask: { readonly pieces: Uint8Array; readonly stateVector: Uint8Array }; readonly answer: Uint8Array }
  /** An update as several, in an order in which they can be taken. */
  split: {
    readonly ask: { readonly update: Uint8Array; readonly known: Uint8Array; readonly maxBytes: number }
    readonly answer: Uint8Array
  }
  restore: {
    readonly ask: { readonly pieces: Uint8Array; readonly version: Uint8Array; readonly clientId: number }
    readonly answer: Uint8Array
  }
  examine: {
    readonly ask: { readonly update: Uint8Array; readonly known: Uint8Array; readonly limits: GuardLimits }
    readonly answer: Accepted | { readonly ok: false; readonly error: WireError }
  }
}

export type JobName = keyof Jobs

export const jobs: { readonly [N in JobName]: (ask: Jobs[N]['ask']) => Jobs[N]['answer'] } = {
  merge: ({ pieces }) => {
    const from = performance.now()
    return { ...merge(pieces), tookMs: performance.now() - from }
  },
  join: ({ pieces }) => {
    const update = joinUpdates(decodePieces(pieces))
    return { update, stateVector: encodeClocks(clocksOf(update)) }
  },
  nesting: ({ pieces }) => nestingOf(decodePieces(pieces)),
  survey: ({ pieces }) => survey(decodePieces(pieces)),
  diff: ({ pieces, stateVector }) => encodePieces(lacking(decodePieces(pieces), stateVector)),
  split: ({ update, known, maxBytes }) => encodePieces(causalPieces(update, decodeClocks(known), maxBytes)),
  restore: ({ pieces, version, clientId }) => restoringUpdate(merge(pieces).update, version, clientId),
  examine: ({ update, known, limits }) => {
    const verdict = examine(update, decodeClocks(known), limits)
    return verdict.ok ? { ...verdict, placed: undefined } : { ok: false, error: verdict.error.toWire() }
  },
}

function merge(pieces: Uint8Array): Merged {
  const doc = openPieces(decodePieces(pieces))
  return { update: encodeStateAsUpdate(doc), stateVector: encodeStateVector(doc) }
}
