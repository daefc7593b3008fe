import { fail, type ErrorCode, type MillraceError } from '@millrace/contract'
import type { Call } from './call.ts'
import type { OutboxLimits } from './outbox.ts'

/** The error of a call that ends without an answer. Only what was never sent, or changes nothing, has surely not happened. */
export function unanswered(call: Call, isSent: boolean, code: ErrorCode, why: string, cause?: unknown): MillraceError<ErrorCode> {
  if (!isSent) return fail(code, `${call.what} ${why} and was never sent; send it again when connected`, { cause })
  if (call.isRead) return fail(code, `${call.what} ${why}; ask again`, { cause })
  const message = `${call.what} ${why}, and may have happened; send it again with the key ${call.key} to find out`
  return fail('OUTCOME_UNKNOWN', message, { cause })
}

/** The caller's signal ended the call. `cause` is the signal's reason. */
export function aborted(call: Call, isSent: boolean): MillraceError<ErrorCode> {
  return unanswered(call, isSent, 'TIMEOUT', 'was aborted', call.signal?.reason)
}

export function full(call: Call, { maxRequests, maxBytes }: OutboxLimits): MillraceError<ErrorCode> {
  const limit = `${maxRequests} requests or ${maxBytes} bytes without an answer`
  return fail('OVERLOADED', `${call.what} was not sent, since the outbox is full (${limit}); wait for answers first`)
}
