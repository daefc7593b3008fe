import type { Clock, Random } from '@millrace/contract'
import type { Authenticate } from './connection/authenticate.ts'
import type { UserLike } from './connection/connection.ts'
import type { Limits } from './limits.ts'
import type { StoreProvider } from './ports/store.ts'
import type { Origins } from './transport/origins.ts'

export interface ServerOptions<User extends UserLike> {
  /** Default: `memory()`, which forgets everything when the process ends. */
  readonly store?: StoreProvider
  /** Default: everybody is a guest whose id is that of the client. */
  readonly authenticate?: Authenticate<User>
  /** Default `same-origin`. */
  readonly origins?: Origins
  /** Whether X-Forwarded-For, -Host and -Proto of one proxy are believed. Default false. */
  readonly trustProxy?: boolean
  readonly limits?: Partial<Limits>
  /** Faults that no client waits for: failing hooks, handlers, the store. Default: a process warning. What it throws is dropped. */
  readonly onError?: (error: unknown) => void
  /** Path of the Socket.IO endpoint. Default `/socket.io/`. */
  readonly path?: string
  readonly revocation?: {
    /**
     * After so long, ms, without a look at who was revoked, the node closes its connections and refuses new ones until it can
     * look again. At least 1,000. Default Infinity: it goes on with the connections that it has.
     */
    readonly failClosedAfterMs?: number
  }
  readonly heartbeat?: {
    /** Default 15,000. */
    readonly intervalMs?: number
    /** Default 8,000. A client that does not answer a ping for so long is disconnected. */
    readonly timeoutMs?: number
  }
  /**
   * Whether packets are written past engine.io where nothing waits there. Default true; false gives up a quarter of the speed, for
   * engine.io's own `packetCreate` and `flush` events, or to tell where a fault lies.
   */
  readonly finishedFrames?: boolean
  /** Replaced in tests. */
  readonly clock?: Clock
  readonly random?: Random
}
