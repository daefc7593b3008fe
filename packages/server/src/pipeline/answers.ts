import { fail, isErrorCode, MillraceError, parse, type RequestEntry, type WireAnswer } from '@millrace/contract'
import type { Maybe } from '../maybe.ts'

/** The answer to a request that failed. What a client must not see is reported instead. */
export function refusal(error: unknown, report: (error: unknown) => void): WireAnswer {
  if (error instanceof MillraceError && isErrorCode(error.code)) {
    if (error.rule.fault === 'server') report(error)
    return { ok: false, error: error.toWire() }
  }
  report(error)
  return { ok: false, error: fail('INTERNAL', 'the server failed at this; it was reported there').toWire() }
}

/** As `refusal`, with the errors that the request declares; their data must fit their schema. */
export function operationRefusal(
  entry: RequestEntry,
  error: unknown,
  report: (error: unknown) => void,
): Maybe<WireAnswer> {
  if (!(error instanceof MillraceError) || !Object.hasOwn(entry.errors, error.code)) return refusal(error, report)
  const schema = entry.errors[error.code]!
  const parsed = parse(schema, error.data, `data of ${error.code}`)
  if (parsed instanceof Promise)
    return parsed.then((settled) =>
      settled.ok ? { ok: false, error: error.toWire() } : refusal(fault(settled.error), report),
    )
  return parsed.ok ? { ok: false, error: error.toWire() } : refusal(fault(parsed.error), report)
}

/** An INVALID_INPUT of our own making is the server's fault, not the client's. */
function fault(error: MillraceError): Error {
  return new Error(error.message, { cause: error })
}
