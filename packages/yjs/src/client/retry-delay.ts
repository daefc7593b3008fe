import type { Random } from '@millrace/contract'

const firstMs = 250
const mostMs = 10_000

/**
 * Grows with each attempt that failed, half of it by chance, so that replicas do not come back together; never shorter than the server
 * asks for.
 *
 * @param attempt Counts from 1.
 */
export function retryDelayMs(attempt: number, random: Random, leastMs = 0): number {
  const span = Math.min(mostMs, firstMs * 2 ** Math.min(attempt - 1, 10))
  return leastMs + span / 2 + random.fraction() * (span / 2)
}
