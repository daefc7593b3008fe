export interface ErrorRule {
  /** Whose fault it is. `nobody`: the network or a limit of time. */
  readonly fault: 'client' | 'server' | 'nobody'
  /** Whether the operation took effect. */
  readonly happened: 'no' | 'unknown'
  /** When the same operation may be sent again: never as it is, after a pause, or after `auth` gave new credentials. */
  readonly retry: 'never' | 'backoff' | 'after-auth'
  readonly meaning: string
}

/** Every error code that the framework itself answers with; a request may declare more. */
export const errorTable = {
  INVALID_INPUT: {
    fault: 'client',
    happened: 'no',
    retry: 'never',
    meaning: 'The input does not fit its schema; `path` names the place.',
  },
  UNKNOWN_EVENT: {
    fault: 'client',
    happened: 'no',
    retry: 'never',
    meaning: 'The contract has no request, event or room of that name.',
  },
  PAYLOAD_TOO_LARGE: {
    fault: 'client',
    happened: 'no',
    retry: 'never',
    meaning: 'The payload exceeds the size, depth or key limit.',
  },
  UNAUTHENTICATED: {
    fault: 'client',
    happened: 'no',
    retry: 'after-auth',
    meaning: 'The credentials are missing, wrong or expired.',
  },
  FORBIDDEN: { fault: 'client', happened: 'no', retry: 'never', meaning: 'The user may not do this.' },
  RATE_LIMITED: {
    fault: 'client',
    happened: 'no',
    retry: 'backoff',
    meaning: 'Too many operations in too short a time; wait `retryAfterMs`.',
  },
  OVERLOADED: {
    fault: 'server',
    happened: 'no',
    retry: 'backoff',
    meaning: 'A queue or limit is full; nothing was done.',
  },
  UNAVAILABLE: {
    fault: 'server',
    happened: 'no',
    retry: 'backoff',
    meaning: 'The store refused or could not be reached; nothing was done.',
  },
  TIMEOUT: {
    fault: 'nobody',
    happened: 'no',
    retry: 'backoff',
    meaning: 'The deadline passed before anything was sent.',
  },
  DISCONNECTED: {
    fault: 'nobody',
    happened: 'no',
    retry: 'backoff',
    meaning: 'There is no connection, and the operation was never sent.',
  },
  OUTCOME_UNKNOWN: {
    fault: 'nobody',
    happened: 'unknown',
    retry: 'never',
    meaning: 'It was sent, but whether it took effect cannot be known.',
  },
  CONTRACT_MISMATCH: {
    fault: 'nobody',
    happened: 'no',
    retry: 'never',
    meaning: 'Client and server hold different versions of this entry; update the older one.',
  },
  INTERNAL: {
    fault: 'server',
    happened: 'unknown',
    retry: 'never',
    meaning: 'A handler of the server failed; the server reported it to `onError`.',
  },
} as const satisfies Record<string, ErrorRule>

export type ErrorCode = keyof typeof errorTable

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code)
}
