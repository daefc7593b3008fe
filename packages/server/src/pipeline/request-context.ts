import { MillraceError } from '@millrace/contract'
import type { UserLike } from '../connection/connection.ts'
import { ConnectionHandle } from '../connection/connection-handle.ts'
import type { Peer } from '../connection/peer.ts'
import type { Node } from '../node.ts'
import type { Member } from '../room/member.ts'
import { RoomHandle } from '../room/room-handle.ts'

/** What one request carries through middleware and handler. Handlers see it through the types of `implement`. */
export class RequestContext {
  /** The event name in the contract; `~join` for a join. */
  readonly name: string
  /** Middleware sees what came over the wire, the handler what its schema made of it. */
  input: unknown
  /** The same on every retry; undefined where the client sent none. */
  readonly key: string | undefined
  readonly #node: Node
  readonly #peer: Peer
  readonly #member: Member | undefined
  #room: RoomHandle | undefined
  #connection: ConnectionHandle | undefined

  constructor(node: Node, peer: Peer, name: string, input: unknown, key?: string, member?: Member) {
    this.#node = node
    this.#peer = peer
    this.#member = member
    this.name = name
    this.input = input
    this.key = key
  }

  get user(): UserLike {
    return this.#peer.connection.user
  }

  get connection(): ConnectionHandle {
    this.#connection ??= new ConnectionHandle(this.#peer, this.#node)
    return this.#connection
  }

  /** Aborted when the client disconnects. */
  get signal(): AbortSignal {
    return this.#peer.signal
  }

  /** The parsed parameters of the room. */
  get params(): unknown {
    return this.#member?.room.params
  }

  /** The room of a request to a room. What it publishes is from this user, under keys derived from the request's key. */
  get room(): RoomHandle | undefined {
    if (this.#room === undefined && this.#member !== undefined) {
      const { kind, params, key } = this.#member.room
      this.#room = new RoomHandle(this.#node, kind, params, key, { from: this.user.id, requestKey: this.key })
    }
    return this.#room
  }

  /** Refuses the request with a declared error; it always throws. A getter, so that handlers may take it out of the context. */
  get fail(): (code: string, data?: unknown, message?: string) => never {
    return (code, data, message) => {
      throw new MillraceError(code, message ?? `${this.name} was refused: ${code}`, { data })
    }
  }
}
