/** When a client may come back after the server closed its connection. */
export type Reconnect = 'never' | 'backoff' | 'after-auth'

/**
 * Every reason for which a server closes a connection. It travels in `~close` before the disconnect, because Socket.IO's
 * own reasons are strings without a contract.
 */
export const closeTable = {
  SHUTDOWN: {
    reconnect: 'backoff',
    meaning: 'The node is going away; another one, or the same after its restart, takes over.',
  },
  SLOW: {
    reconnect: 'backoff',
    meaning: 'The connection did not read for too long; the client recovers when it returns.',
  },
  UNAUTHENTICATED: { reconnect: 'after-auth', meaning: 'The credentials are missing, wrong or expired.' },
  REVOKED: { reconnect: 'after-auth', meaning: 'The session was revoked.' },
  FORBIDDEN: { reconnect: 'never', meaning: 'The user or origin may not connect.' },
  LIMIT: { reconnect: 'backoff', meaning: 'A limit on connections is reached.' },
  KICKED: { reconnect: 'never', meaning: 'The application closed the connection.' },
  ABUSE: { reconnect: 'never', meaning: 'The client broke the protocol too often.' },
} as const satisfies Record<string, { reconnect: Reconnect; meaning: string }>

export type CloseCode = keyof typeof closeTable

export interface CloseReason {
  /** A code that this version does not know came from a newer server; `reconnect` says what to do all the same. */
  readonly code: CloseCode | (string & {})
  readonly reconnect: Reconnect
  readonly retryAfterMs?: number
}

export function closeReason(code: CloseCode, retryAfterMs?: number): CloseReason {
  return { code, reconnect: closeTable[code].reconnect, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** Reads a close reason that came over the wire; unknown codes of newer servers keep their `reconnect`. */
export function parseCloseReason(value: unknown): CloseReason | undefined {
  const { code, reconnect, retryAfterMs } = (value ?? {}) as Record<string, unknown>
  if (typeof code !== 'string') return undefined
  if (reconnect !== 'never' && reconnect !== 'backoff' && reconnect !== 'after-auth') return undefined
  const isPause = Number.isFinite(retryAfterMs) && (retryAfterMs as number) >= 0
  return { code, reconnect, ...(isPause ? { retryAfterMs: retryAfterMs as number } : {}) }
}
