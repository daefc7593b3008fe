import { wireNames, type Cancel, type CloseReason } from '@millrace/contract'
import type { Peer } from './peer.ts'

/** What a client sent when it connected. A copy: the HTTP request itself is not kept. */
export interface Handshake {
  /** Lower-case names, for example `cookie`. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly query: Readonly<Record<string, unknown>>
  /** What the client's `auth` gave; `client` is a digest of the id that the client gave itself. */
  readonly auth: Readonly<Record<string, unknown>>
  /** The client's IP address; behind a proxy only with `trustProxy`. */
  readonly address: string
  /** Whether the client reached us over TLS. */
  readonly secure: boolean
}

/** The least that a user is. `id` names the user in presence, keys and `server.user`. */
export interface UserLike {
  readonly id: string
}

/** What a connection needs of its transport. */
export interface TransportEnd {
  isOpen(): boolean
  /** Ends it after what was written has left; where it is stuck, throws that away. Idempotent. */
  end(isStuck?: boolean): void
}

/** One client on one node, over one transport connection, in any number of namespaces. */
export class Connection {
  readonly id: string
  /** The client's own id; stays the same over its reconnects. */
  readonly clientId: string
  /** One for each namespace that it is in; a list, because most are in one. */
  peers: readonly Peer[] = []
  user: UserLike
  /** Wall time in ms since 1970 when the credentials end; Infinity: never. */
  expiresAt: number
  /** Kept for authenticating again; without headers and query where the credentials never end. */
  handshake: Handshake
  /** Ends the watch over `expiresAt`. */
  forgetExpiry: Cancel | undefined
  isClosed = false
  /** Then nothing that it sends is acted upon: its client sends it again to another node. */
  takesNoMore = false
  /** Its client was sent to another node, where it comes back. */
  isMoved = false
  /** Its session was revoked: nobody is to see it any more. */
  isRevoked = false
  readonly #transport: TransportEnd

  constructor(
    id: string,
    clientId: string,
    user: UserLike,
    expiresAt: number,
    handshake: Handshake,
    transport: TransportEnd,
  ) {
    this.id = id
    this.clientId = clientId
    this.user = user
    this.expiresAt = expiresAt
    this.handshake = handshake
    this.#transport = transport
  }

  /** Whether its client waits for answers. */
  get hasPendingRequests(): boolean {
    return this.peers.some((peer) => peer.pendingRequests > 0)
  }

  /** Ends it as `close` does, while its client stays in its rooms: it goes on there on another node. */
  move(reason: CloseReason): void {
    this.takesNoMore = true
    this.isMoved = true
    this.close(reason)
  }

  /** Tells the reason in each namespace, then ends the transport, which may be in none. What is slow is not waited for. */
  close(reason: CloseReason): void {
    for (const peer of this.peers) peer.link.send(wireNames.close, reason)
    this.#transport.end(reason.code === 'SLOW')
  }
}
