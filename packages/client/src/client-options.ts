import type { Auth } from './credentials.ts'
import type { ReconnectPolicy } from './next-attempt.ts'
import type { OutboxLimits } from './outbox.ts'

export interface ClientOptions {
  /**
   * What goes with the handshake: an object, a token (sent as `{ token }`), or a function that fetches either, called for
   * each attempt to connect and once more where the server refused the credentials. Default: nothing.
   */
  readonly auth?: Auth
  /** `maxAttempts` (Infinity; 0 never reconnects), `minDelayMs` (500), `maxDelayMs` (20,000). */
  readonly reconnect?: Partial<ReconnectPolicy>
  /** How long WebSocket may take before polling is tried, ms. Default 5,000. */
  readonly connectTimeoutMs?: number
  /** From a request to its answer, ms. Default 10,000. */
  readonly requestTimeoutMs?: number
  /** `maxRequests` (1,000) and `maxBytes` (4,000,000) that may be without an answer at one time. */
  readonly outbox?: Partial<OutboxLimits>
  /** In the order of preference. Default `['websocket', 'polling']`. */
  readonly transports?: readonly ('websocket' | 'polling')[]
  /** Faults that no caller waits for: a listener that threw, an event that does not fit. Default: they go unnoticed. */
  readonly onError?: (error: Error) => void
}
