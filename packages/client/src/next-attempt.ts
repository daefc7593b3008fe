import type { Random, Reconnect } from '@millrace/contract'
import { backoffMs, type BackoffLimits } from './backoff.ts'
import type { DisconnectReason } from './client-state.ts'

export interface ReconnectPolicy extends BackoffLimits {
  /** Attempts in a row without a connection that held. 0: never reconnect. Default Infinity. */
  readonly maxAttempts: number
}

/** How a connection, or the attempt to get one, ended. */
export interface Failure {
  readonly reason: DisconnectReason
  readonly reconnect: Reconnect
  readonly retryAfterMs?: number | undefined
  /** WebSocket got no answer at all in time: polling may get through. */
  readonly isSilent?: boolean
  /** The connection was found dead after a sleep, and the next one should not wait. */
  readonly isDead?: boolean
}

export interface Attempts {
  /** Failed attempts in a row; 0 after a connection that held. */
  readonly failed: number
  /** `auth` was called afresh and no connection has held since. */
  readonly isAuthFresh: boolean
}

/**
 * The pause before the next attempt, ms; undefined to give up. The server's `retryAfterMs` is the least pause, and jitter
 * comes on top of it.
 */
export function nextAttemptMs(
  failure: Failure,
  { failed, isAuthFresh }: Attempts,
  policy: ReconnectPolicy,
  random: Random,
): number | undefined {
  const { reconnect, retryAfterMs = 0, isDead } = failure
  if (reconnect === 'after-auth') return isAuthFresh ? undefined : retryAfterMs
  if (reconnect === 'never' || failed >= policy.maxAttempts) return undefined
  return isDead ? 0 : retryAfterMs + backoffMs(failed + 1, random, policy)
}
