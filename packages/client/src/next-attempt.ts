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

export type NextAttempt =
  | { readonly kind: 'dial'; readonly attempt: number; readonly delayMs: number }
  | { readonly kind: 'give-up' }

/** What follows a failure. The server's `retryAfterMs` is the least pause; jitter comes on top of it. */
export function nextAttempt(failure: Failure, attempts: Attempts, policy: ReconnectPolicy, random: Random): NextAttempt {
  if (failure.reconnect === 'never') return { kind: 'give-up' }
  if (failure.reconnect === 'after-auth') {
    if (attempts.isAuthFresh) return { kind: 'give-up' }
    return { kind: 'dial', attempt: attempts.failed + 1, delayMs: failure.retryAfterMs ?? 0 }
  }
  if (attempts.failed >= policy.maxAttempts) return { kind: 'give-up' }
  const attempt = attempts.failed + 1
  if (failure.isDead) return { kind: 'dial', attempt, delayMs: 0 }
  return { kind: 'dial', attempt, delayMs: (failure.retryAfterMs ?? 0) + backoffMs(attempt, random, policy) }
}
