import type { PulseReport } from './pulse-report.ts'

/** What came in one quarter of a second of the page's time. */
export interface Arrival {
  /** As it was published. */
  readonly live: number
  /** After it had waited. */
  readonly replayed: number
  /** There was no connection at its end. */
  readonly isAway: boolean
}

export const arrivalMs = 250
/** Half a minute. */
const kept = 120

/** The last half minute, oldest first, the last one not over yet. */
export interface Arrivals {
  readonly bins: readonly Arrival[]
  /** When the last one ends, ms of the page's monotonic clock. */
  readonly endsAt: number
  readonly received: number
  readonly replayed: number
}

export function noArrivals(nowMs: number): Arrivals {
  const bins = Array.from({ length: kept }, () => ({ live: 0, replayed: 0, isAway: false }))
  return { bins, endsAt: nowMs + arrivalMs, received: 0, replayed: 0 }
}

/** Lets time pass, also where no report comes because the worker is blocked. */
export function movedOn(arrivals: Arrivals, nowMs: number): Arrivals {
  const over = Math.min(kept, Math.ceil((nowMs - arrivals.endsAt) / arrivalMs))
  if (over <= 0) return arrivals
  const { isAway = false } = arrivals.bins.at(-1) ?? {}
  const fresh = Array.from({ length: over }, () => ({ live: 0, replayed: 0, isAway }))
  const endsAt = nowMs + arrivalMs - ((nowMs - arrivals.endsAt) % arrivalMs)
  return { ...arrivals, bins: [...arrivals.bins.slice(over), ...fresh], endsAt }
}

export function withReport(before: Arrivals, { tally, connection }: PulseReport, nowMs: number): Arrivals {
  const arrivals = movedOn(before, nowMs)
  const { live, replayed } = arrivals.bins.at(-1) ?? { live: 0, replayed: 0 }
  const more = tally.replayed - arrivals.replayed
  const last = {
    live: live + tally.received - arrivals.received - more,
    replayed: replayed + more,
    isAway: connection === undefined,
  }
  return {
    ...arrivals,
    bins: [...arrivals.bins.slice(0, -1), last],
    received: tally.received,
    replayed: tally.replayed,
  }
}
