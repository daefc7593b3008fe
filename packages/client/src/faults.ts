import { fail, type ErrorCode, type MillraceError } from '@millrace/contract'

/** Something of the other side does not fit this client's contract. */
export function misfit(code: ErrorCode, what: string, cause?: unknown): MillraceError<ErrorCode> {
  return fail(code, `${what} does not fit this client's contract; update the older side`, { cause })
}

/** The application named something that the contract does not have. */
export function unknownName(what: string): MillraceError<ErrorCode> {
  return fail('UNKNOWN_EVENT', `the contract has no ${what}; check the name`)
}
