const dayMs = 86_400_000
const coarsestMs = 600_000

/** How far apart samples are, by how long ago they were at least, ms. */
const steps = [
  { agoMs: 3_600_000, everyMs: coarsestMs },
  { agoMs: 300_000, everyMs: 15_000 },
  { agoMs: 0, everyMs: 5_000 },
]

/**
 * The moments at which the market is filled in where nobody simulated it: after `from`, before `now`, the longer ago, the
 * further apart. About 420 for a whole day, and four in every minute of the last hour, which candles show.
 *
 * @param backMs The oldest is at most so long ago, since older ones would not be kept. Default one day.
 */
export function fillTimes(from: number, now: number, backMs = dayMs): readonly number[] {
  const times: number[] = []
  let at = Math.max(from, now - backMs + coarsestMs)
  for (const { agoMs, everyMs } of steps) {
    for (;;) {
      const next = (Math.floor(at / everyMs) + 1) * everyMs
      if (next >= now - agoMs) break
      times.push(next)
      at = next
    }
  }
  return times
}
