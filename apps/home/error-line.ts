import type { SaidLine } from '@millrace/app-charts/server'

/** One JSON line `{ at, level, message }`. */
export function logLine({ at, level, text }: SaidLine): string {
  return `${JSON.stringify({ at: new Date(at).toISOString(), level, message: text })}\n`
}

/** One JSON line `{ at, level, message, code?, stack?, cause? }` for an error that nobody waits for. */
export function errorLine(error: unknown, at: Date): string {
  return `${JSON.stringify({ at: at.toISOString(), level: 'error', ...describe(error) })}\n`
}

interface Described {
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: string
}

function describe(error: unknown): Described {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, stack, cause } = error
  return {
    message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: describe(cause).message }),
  }
}
