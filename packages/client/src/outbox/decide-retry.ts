import { fail, isErrorCode, MillraceError, type ErrorCode } from '@millrace/contract'

/** Refusals of the input itself, which are the same at every attempt. */
const inputFaults: readonly string[] = ['INVALID_INPUT', 'PAYLOAD_TOO_LARGE'] satisfies ErrorCode[]

/** For how long a request that may have happened is sent again, ms: servers remember keys for 5 minutes. */
const retryWindowMs = 4.5 * 60_000

/** A clock that was set back by more, ms, says nothing about how long ago something was. */
const clockSlackMs = 1_000

export function isWindowOver(firstSentAt: number, now: number): boolean {
  const elapsedMs = now - firstSentAt
  return elapsedMs > retryWindowMs || elapsedMs < -clockSlackMs
}

export interface Attempt {
  /** For messages, for example `request message.send`. */
  readonly what: string
  /** The contract says that it may be sent again at any time. */
  readonly isIdempotent: boolean
  /** Whether an earlier attempt may have happened. */
  readonly isInDoubt: boolean
  /** Whether servers may have forgotten the key since the first attempt that may have happened. */
  readonly isTooLate: boolean
}

/** The error with which a request has failed for good, or undefined where it is to be sent again with its key. */
export function finalError(error: MillraceError, attempt: Attempt): MillraceError | undefined {
  const { what, isIdempotent, isInDoubt, isTooLate } = attempt
  if (error.code === 'OUTCOME_UNKNOWN') {
    // The server did answer, in words that this client does not understand: it would again.
    const isMisfit = error.cause instanceof MillraceError && error.cause.code === 'INVALID_INPUT'
    return !isMisfit && (isIdempotent || !isTooLate) ? undefined : error
  }
  if (error.rule.retry !== 'never') return undefined
  const saysNothingOfEarlier =
    isErrorCode(error.code) && error.rule.happened === 'no' && !inputFaults.includes(error.code)
  if (!isInDoubt || !saysNothingOfEarlier) return error
  const why = `${what} was refused with ${error.code} when it was sent again (${error.message})`
  return fail('OUTCOME_UNKNOWN', `${why}, and may have happened before; look before you send it anew`, { cause: error })
}

/** A request that waited too long, after an attempt that may have happened. */
export function tooLate(what: string): MillraceError {
  return fail('OUTCOME_UNKNOWN', `${what} was cut off and may have happened; look before you send it again`)
}
