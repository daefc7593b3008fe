import type { Outgoing } from './outbox.ts'
import type { Outcome } from './outcome.ts'

export interface CallOptions {
  /** From the call to its answer, ms. Default: the client's `requestTimeoutMs`. */
  readonly timeoutMs?: number
  /** Aborting is a deadline of the caller's own: `TIMEOUT`, or `OUTCOME_UNKNOWN` where it was sent. */
  readonly signal?: AbortSignal
  /** The same on every attempt of one operation, at most 64 characters. Default: a random one per call. */
  readonly key?: string
}

/** One request on its way to an answer. */
export interface Call extends Outgoing {
  /** For error messages, for example `request message.send`. */
  readonly what: string
  readonly name: string
  readonly input?: unknown
  readonly isEvent?: boolean
  /** Absent: the call changes nothing, or may be repeated, so that its outcome is never in doubt. */
  readonly key?: string
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Nobody else knows the key, and the server remembers the answer until it is told that it was received. */
  readonly settles?: boolean | undefined
  /**
   * The argument as it goes over this connection, where the room has this handle.
   *
   * @param settled Keys whose answers were received on it.
   */
  encode(room: number | undefined, settled?: readonly string[]): unknown
  /** Called with each answer in the turn in which it comes, also when it comes too late. */
  readonly answered?: ((outcome: Outcome) => void) | undefined
}
