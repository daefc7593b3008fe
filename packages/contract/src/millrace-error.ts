import { errorTable, isErrorCode, type ErrorCode, type ErrorRule } from './errors.ts'

export interface ErrorDetails {
  /** Where in the input the fault lies, for example `items[0].name`. */
  readonly path?: string | undefined
  readonly retryAfterMs?: number | undefined
  /** Data of an error that a request declares. */
  readonly data?: unknown
  readonly cause?: unknown
}

/** What an error looks like on the wire: `{ ok: false, error }`. */
export interface WireError {
  readonly code: string
  readonly message: string
  readonly path?: string
  readonly retryAfterMs?: number
  readonly data?: unknown
}

/** A rule for codes that a request declares: the handler chose to refuse. */
const declared: ErrorRule = { fault: 'client', happened: 'no', retry: 'never' }

/** The one error class of the framework. `code` is one of `errorTable`, or one that the request declares. */
export class MillraceError<Code extends string = string, Data = unknown> extends Error {
  override readonly name = 'MillraceError'
  readonly code: Code
  readonly path: string | undefined
  readonly retryAfterMs: number | undefined
  readonly data: Data

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details)
    this.code = code
    this.path = details.path || undefined
    this.retryAfterMs = details.retryAfterMs
    this.data = details.data as Data
  }

  /** Whose fault it is, whether it happened, whether to retry. */
  get rule(): ErrorRule {
    return isErrorCode(this.code) ? errorTable[this.code] : declared
  }

  /** Members that are undefined do not travel. */
  toWire(): WireError {
    const { code, message, path, retryAfterMs, data } = this
    return { code, message, path, retryAfterMs, data } as WireError
  }
}

/** An error of the framework's own table. */
export function fail(code: ErrorCode, message: string, details?: ErrorDetails): MillraceError<ErrorCode> {
  return new MillraceError(code, message, details)
}
