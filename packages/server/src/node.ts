import type { Clock, Random } from '@millrace/contract'
import type { Counters } from './counters.ts'
import type { Limits } from './limits.ts'
import type { Handling } from './handling.ts'
import type { Run } from './pipeline/run-once.ts'
import type { Store } from './ports/store.ts'
import type { Namespace } from './namespace.ts'
import type { Flusher } from './flusher.ts'
import type { Rooms } from './room/rooms.ts'
import type { SeriesAppends } from './series/series-appends.ts'
import type { Turns } from './turns.ts'
import type { Users } from './connection/users.ts'
import type { Authenticate } from './connection/authenticate.ts'
import type { RevocationWatch } from './revocation/revocation-watch.ts'
import type { Connections } from './connection/connections.ts'

/** What every part of one node shares. */
export interface Node {
  readonly id: string
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly limits: Limits
  readonly flusher: Flusher
  readonly counters: Counters
  /** For what is refilled page by page. */
  readonly turns: Turns
  readonly appends: SeriesAppends
  readonly rooms: Rooms
  readonly users: Users
  readonly connections: Connections
  readonly revocation: RevocationWatch
  readonly namespaces: ReadonlyMap<string, Namespace>
  readonly authenticate: Authenticate
  /** Requests under way on this node, by scoped key; a duplicate awaits the first. */
  readonly running: Map<string, Run>
  /** What must end before the store is closed. */
  readonly handling: Handling
  /** Faults that no client waits for. Never throws. */
  readonly report: (error: unknown) => void
}
