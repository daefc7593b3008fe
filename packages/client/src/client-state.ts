import type { CloseReason, ErrorCode } from '@millrace/contract'

/** Why there is no connection. */
export interface DisconnectReason {
  readonly code: ErrorCode | CloseReason['code']
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
  | { readonly state: 'waiting'; readonly attempt: number; readonly retryInMs: number; readonly reason: DisconnectReason }
  | { readonly state: 'gave-up'; readonly reason: DisconnectReason }
  | { readonly state: 'closed' }

export type ClientStateEvent =
  | { readonly type: 'dial'; readonly attempt: number }
  | { readonly type: 'open'; readonly node: string; readonly connection: string }
  | { readonly type: 'wait'; readonly attempt: number; readonly retryInMs: number; readonly reason: DisconnectReason }
  | { readonly type: 'give-up'; readonly reason: DisconnectReason }
  | { readonly type: 'close' }

/** The state after `event`. An event that the state has no place for changes nothing and gives the same object. */
export function transition(current: ClientState, event: ClientStateEvent): ClientState {
  if (current.state === 'closed') return current
  const isUnderWay = current.state === 'connecting' || current.state === 'connected'
  switch (event.type) {
    case 'dial':
      return isUnderWay ? current : { state: 'connecting', attempt: event.attempt }
    case 'open':
      if (current.state !== 'connecting') return current
      return { state: 'connected', node: event.node, connection: event.connection }
    case 'wait':
      if (!isUnderWay) return current
      return { state: 'waiting', attempt: event.attempt, retryInMs: event.retryInMs, reason: event.reason }
    case 'give-up':
      return isUnderWay ? { state: 'gave-up', reason: event.reason } : current
    case 'close':
      return { state: 'closed' }
  }
}
