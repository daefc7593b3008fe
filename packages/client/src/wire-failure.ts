import { fail, isErrorCode, MillraceError, type WireAnswer } from '@millrace/contract'

/** Reads a `WireError`. Codes that neither the framework nor `declared` knows become `INTERNAL`. */
export function readWireError(value: unknown, fallback: string, declared: object = {}): MillraceError {
  const { code, message, path, retryAfterMs, data } = (value ?? {}) as Record<string, unknown>
  const text = typeof message === 'string' ? message : fallback
  if (typeof code !== 'string') return fail('INTERNAL', text)
  const isKnown = isErrorCode(code) || Object.hasOwn(declared, code)
  return new MillraceError(isKnown ? code : 'INTERNAL', isKnown ? text : `${text} (${code})`, {
    path: typeof path === 'string' ? path : undefined,
    retryAfterMs: typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : undefined,
    data,
  })
}

/** Reads an acknowledgement; anything else than a `WireAnswer` is undefined. */
export function readAnswer(value: unknown): WireAnswer | undefined {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return undefined
  if (value.ok === true) return { ok: true, data: (value as { data?: unknown }).data }
  return value.ok === false && 'error' in value ? (value as WireAnswer) : undefined
}

/** For `onError`, which is promised an error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`something that is not an error was thrown: ${String(thrown)}`)
}
