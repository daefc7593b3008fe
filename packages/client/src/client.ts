import type { Contract } from '@millrace/contract'
import type { ClientState } from './client-state.ts'
import type { Off } from './listeners.ts'
import type { NamespaceClient } from './namespace-client.ts'

/** A client of one server. Every contract of it shares the connection. */
export interface Client {
  readonly state: ClientState
  /** How often what the server sent did not continue what came before it. Each time the client recovered. */
  readonly protocolErrors: number
  onState(listener: (state: ClientState) => unknown): Off
  /**
   * Resolves when connected; rejects with `DISCONNECTED` where the client gives up, is closed or uses no contract yet.
   * The only way on after it gave up.
   */
  connect(): Promise<void>
  /** The same object for the same contract. @throws Error where another contract has the namespace already. */
  use<C extends Contract>(contract: C): NamespaceClient<C>
  /** Calls `auth` and hands the new credentials to the server, so that the connection outlives the old ones. */
  renewAuth(): Promise<void>
  /** Leaves everything. What waits for an answer ends as `DISCONNECTED`, or `OUTCOME_UNKNOWN` where it was sent. */
  close(): Promise<void>
}
