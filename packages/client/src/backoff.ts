import type { Random } from '@millrace/contract'

export interface BackoffLimits {
  /** The shortest pause. Default 500. */
  readonly minDelayMs: number
  /** The longest pause. Default 20,000. */
  readonly maxDelayMs: number
}

/**
 * Exponential backoff with full jitter over a floor: uniform in `[min, min + min(max, min * 2^(attempt - 1)))`, at most
 * `max`.
 *
 * Sources: Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015); `backoff` in centrifuge-js `utils.ts`.
 *
 * @param attempt Counts from 1.
 */
export function backoffMs(attempt: number, random: Random, { minDelayMs, maxDelayMs }: BackoffLimits): number {
  const doublings = Math.min(attempt - 1, 31) // 2^31 ms is 24 days; more would only overflow
  const span = Math.min(maxDelayMs, minDelayMs * 2 ** doublings)
  return Math.min(maxDelayMs, minDelayMs + Math.floor(random.fraction() * span))
}
