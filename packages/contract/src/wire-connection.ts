import type { WireError } from './millrace-error.ts'

/** The answer to every request, in the acknowledgement. */
export type WireAnswer =
  | { readonly ok: true; readonly data?: unknown }
  | { readonly ok: false; readonly error: WireError }

/** What a client says of itself in the handshake's `auth`, beside the application's own credentials. */
export interface WireHandshake {
  /** 1: send me frames. A client without it gets single events. */
  readonly millrace?: 1
  /** 1: I read packed messages. Without it, bytes come as Socket.IO attachments. */
  readonly bytes?: 1
  /** Stays the same over the reconnects of one client, so that presence does not flicker. At most 64 characters. */
  readonly client?: string
  /** `fingerprint(contract)` of the client's contract. */
  readonly fingerprint?: string
}

/** `~hello`, the first event on each namespace. */
export interface WireHello {
  readonly node: string
  readonly connection: string
  /** Wall time of the node, ms since 1970. */
  readonly at: number
  readonly maxPayloadBytes: number
  /** 1: the server reads packed messages. */
  readonly bytes?: 1
  readonly fingerprint: string
}

/** The argument of a request, or of a member's publish to a room. */
export interface WireRequest {
  readonly input?: unknown
  /** The handle that the answer to `~join` gave. Absent: a request to the namespace. */
  readonly room?: number
  /** The same on every retry of one operation. At most 64 characters. */
  readonly key?: string
  /**
   * Keys of earlier requests on this connection that were answered and sent only once, and that the client will never
   * send again: the server need not remember their answers. At most 100.
   */
  readonly settled?: readonly string[]
  /** The entry's version in the client's contract; absent means 1. */
  readonly version?: number
}

/** The argument of `~auth`: the credentials that the handshake's `auth` would carry, renewed before they expire. */
export interface WireAuth {
  readonly auth: unknown
}
