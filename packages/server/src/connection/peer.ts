import { Backlog } from './backlog.ts'
import type { Namespace } from '../namespace.ts'
import type { Node } from '../node.ts'
import { SerialQueue } from '../pipeline/serial-queue.ts'
import type { Connection } from './connection.ts'
import type { Link } from './link.ts'
import { Memberships } from './memberships.ts'
import { PeerClaims } from './peer-claims.ts'

/** One connection in one namespace. */
export class Peer {
  readonly connection: Connection
  readonly namespace: Namespace
  readonly link: Link
  /** Whether the client reads frames; a stock Socket.IO client gets single events. */
  readonly readsFrames: boolean
  /** By the room's handle. */
  readonly members = new Memberships()
  pendingRequests = 0
  /** Of those, the ones that were handled, and wait until the connection takes their answers. */
  waitingAnswers = 0
  /** Joins under way; each may become a member. */
  pendingJoins = 0
  /** Joins that came, answered or not. */
  joinCount = 0
  isClosed = false
  #abort: AbortController | undefined
  #claims: PeerClaims | undefined
  #backlog: Backlog | undefined
  #viewQueue: SerialQueue | undefined

  constructor(connection: Connection, namespace: Namespace, link: Link, readsFrames: boolean) {
    this.connection = connection
    this.namespace = namespace
    this.link = link
    this.readsFrames = readsFrames
  }

  /** Made on first use: most peers only listen. */
  get claims(): PeerClaims {
    this.#claims ??= new PeerClaims()
    return this.#claims
  }

  /** Made on first use: most connections take what they are given. */
  backlog(node: Node): Backlog {
    this.#backlog ??= new Backlog(node, this)
    return this.#backlog
  }

  /** Views are read one after another, in whichever rooms, or a connection could ask for any amount at once. Made on first use. */
  get viewQueue(): SerialQueue {
    this.#viewQueue ??= new SerialQueue()
    return this.#viewQueue
  }

  /** Aborted when the connection ends. Made on first use. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController()
    if (this.isClosed) this.#abort.abort()
    return this.#abort.signal
  }

  markClosed(): void {
    this.isClosed = true
    this.#abort?.abort()
  }
}
