import { fail, MillraceError, type ErrorCode, type ErrorDetails } from '@millrace/contract'

/** How a request ended, as a value. */
export type Outcome =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly error: MillraceError }

export function refuse(code: ErrorCode, message: string, details?: ErrorDetails): Outcome {
  return { ok: false, error: fail(code, message, details) }
}

/** Reads an acknowledgement. What is none counts as a refusal with `INTERNAL`. */
export function readAnswer(value: unknown, what: string): Outcome {
  const { ok, data, error } = (value ?? {}) as Record<string, unknown>
  return ok === true ? { ok, data } : { ok: false, error: readWireError(error, `${what} was refused`) }
}

/** Reads a `WireError`. */
export function readWireError(value: unknown, fallback: string): MillraceError {
  const { code, message, path, retryAfterMs, data } = (value ?? {}) as Record<string, unknown>
  return new MillraceError(
    typeof code === 'string' ? code : 'INTERNAL',
    typeof message === 'string' ? message : fallback,
    {
      path: typeof path === 'string' ? path : undefined,
      retryAfterMs: typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : undefined,
      data,
    },
  )
}

/** Whether trying again is sure to be in vain. A fault of the server is not: what failed may work next time. */
export function isFinal({ rule }: MillraceError): boolean {
  return rule.retry === 'never' && rule.happened === 'no'
}

/** The data of an outcome; rejects with its error. */
export async function unwrap(outcome: Promise<Outcome>): Promise<unknown> {
  const settled = await outcome
  if (settled.ok) return settled.data
  throw settled.error
}
