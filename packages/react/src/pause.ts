const minMs = 1_000
const maxMs = 30_000

/** How long to wait before the next attempt after `refusals` in a row, ms: doubling, with jitter, never before `retryAfterMs`. */
export function pauseMs(refusals: number, retryAfterMs = 0, random: () => number = Math.random): number {
  return retryAfterMs + random() * Math.min(maxMs, minMs * 2 ** (refusals - 1))
}
