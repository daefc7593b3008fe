/** Why there is no connection. */
export interface DisconnectReason {
  /** A code of the error table or of the close table. */
  readonly code: string
  readonly message: string
}

/**
 * - `idle`: nothing was asked for yet.
 * - `connecting`: `attempt` counts from 1 and starts again after a connection that held.
 * - `waiting`: the attempt of that number begins in `retryInMs`.
 * - `gave-up`: only `connect()` begins again.
 * - `closed`: by `close()`, for good.
 */
export type ClientState =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'connected'; readonly node: string; readonly connection: string }
  | {
      readonly state: 'waiting'
      readonly attempt: number
      readonly retryInMs: number
      readonly reason: DisconnectReason
    }
  | { readonly state: 'gave-up'; readonly reason: DisconnectReason }
  | { readonly state: 'closed' }

const entrances: Readonly<Record<ClientState['state'], readonly ClientState['state'][]>> = {
  idle: [],
  connecting: ['idle', 'waiting', 'gave-up'],
  connected: ['connecting'],
  waiting: ['connecting', 'connected'],
  'gave-up': ['connecting', 'connected'],
  closed: ['idle', 'connecting', 'connected', 'waiting', 'gave-up'],
}

/** The state after `event`, which is the state it leads to. One that cannot follow changes nothing: the same object. */
export function transition(current: ClientState, event: ClientState): ClientState {
  return entrances[event.state].includes(current.state) ? event : current
}
