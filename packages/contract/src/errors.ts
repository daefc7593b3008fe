export interface ErrorRule {
  /** Whose fault it is. `nobody`: the network or a limit of time. */
  readonly fault: 'client' | 'server' | 'nobody'
  /** Whether the operation took effect. */
  readonly happened: 'no' | 'unknown'
  /** When the same operation may be sent again: never as it is, after a pause, or after `auth` gave new credentials. */
  readonly retry: 'never' | 'backoff' | 'after-auth'
}

/** Every error code that the framework itself answers with; a request may declare more. */
export const errorTable = {
  INVALID_INPUT: { fault: 'client', happened: 'no', retry: 'never' },
  UNKNOWN_EVENT: { fault: 'client', happened: 'no', retry: 'never' },
  PAYLOAD_TOO_LARGE: { fault: 'client', happened: 'no', retry: 'never' },
  UNAUTHENTICATED: { fault: 'client', happened: 'no', retry: 'after-auth' },
  FORBIDDEN: { fault: 'client', happened: 'no', retry: 'never' },
  RATE_LIMITED: { fault: 'client', happened: 'no', retry: 'backoff' },
  OVERLOADED: { fault: 'server', happened: 'no', retry: 'backoff' },
  UNAVAILABLE: { fault: 'server', happened: 'no', retry: 'backoff' },
  TIMEOUT: { fault: 'nobody', happened: 'no', retry: 'backoff' },
  DISCONNECTED: { fault: 'nobody', happened: 'no', retry: 'backoff' },
  OUTCOME_UNKNOWN: { fault: 'nobody', happened: 'unknown', retry: 'never' },
  CONTRACT_MISMATCH: { fault: 'nobody', happened: 'no', retry: 'never' },
  INTERNAL: { fault: 'server', happened: 'unknown', retry: 'never' },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof errorTable

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code)
}

/** For people; apart from the table, so that a client's bundle leaves it out. */
export const errorMeanings: Readonly<Record<ErrorCode, string>> = {
  INVALID_INPUT: 'The input does not fit its schema; `path` names the place.',
  UNKNOWN_EVENT: 'The contract has no request, event or room of that name.',
  PAYLOAD_TOO_LARGE: 'The payload exceeds the size, depth or key limit.',
  UNAUTHENTICATED: 'The credentials are missing, wrong or expired.',
  FORBIDDEN: 'The user may not do this.',
  RATE_LIMITED: 'Too many operations in too short a time; wait `retryAfterMs`.',
  OVERLOADED: 'A queue or limit is full; nothing was done.',
  UNAVAILABLE: 'The store refused or could not be reached; nothing was done.',
  TIMEOUT: 'The deadline passed before anything was sent.',
  DISCONNECTED: 'There is no connection, and the operation was never sent.',
  OUTCOME_UNKNOWN: 'It was sent, but whether it took effect cannot be known.',
  CONTRACT_MISMATCH: 'Client and server hold different versions of this entry; update the older one.',
  INTERNAL: 'A handler of the server failed; the server reported it to `onError`.',
}
