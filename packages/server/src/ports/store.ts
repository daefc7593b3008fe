import type { Clock, Random } from '@millrace/contract'
import type { Blobs } from './blobs.ts'
import type { Bus } from './bus.ts'
import type { EventLog } from './event-log.ts'
import type { KeyedState } from './keyed-state.ts'
import type { Presence } from './presence.ts'
import type { RequestClaims } from './request-claims.ts'
import type { Revocations } from './revocations.ts'
import type { Singletons } from './singletons.ts'
import type { SocketIoAdapter } from './socket-io-adapter.ts'
import type { TimeSeries } from './time-series.ts'

/** Everything that the nodes of a cluster share. */
export interface Store {
  readonly log: EventLog
  readonly state: KeyedState
  readonly blobs: Blobs
  readonly series: TimeSeries
  readonly presence: Presence
  readonly bus: Bus
  readonly claims: RequestClaims
  readonly revocations: Revocations
  readonly singletons: Singletons
  /** Undefined where the store has one node. */
  readonly socketIoAdapter?: SocketIoAdapter
  /** Whether the store delivers. False makes `/readyz` fail. */
  isReady(): boolean
  close(how?: CloseHow): Promise<void>
}

export interface CloseHow {
  /**
   * The clients of this node are on their way to another one: what they entered into presence is left to lapse, so that
   * nobody is told that they left. Default false: it is taken away at once.
   */
  readonly isDrained: boolean
}

export interface StoreContext {
  readonly clock: Clock
  readonly random: Random
  /** Faults that no caller waits for. */
  readonly onError: (error: unknown) => void
}

/** What `memory()`, `sqlite({ file })` and `redis({ url })` return; `createServer` opens it. */
export interface StoreProvider {
  /** Rejects with an error of one sentence that says what to do. */
  open(context: StoreContext): Promise<Store>
}

/** For how long a key is remembered after its first use, ms (P5). */
export const keyWindowMs = 5 * 60_000
