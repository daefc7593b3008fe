/** Both ends in ms since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What part of time is shown: the newest, which moves, or one that stands still. */
export type TimeWindow = { readonly kind: 'live'; readonly lastMs: number } | ({ readonly kind: 'still' } & Span)

/** Ten columns of the finest resolution; the day that is kept. */
export const shortestMs = 10_000
export const longestMs = 86_400_000

export const windowChoices = [
  { name: '1m', label: '1 minute', ms: 60_000 },
  { name: '5m', label: '5 minutes', ms: 300_000 },
  { name: '15m', label: '15 minutes', ms: 900_000 },
  { name: '1h', label: '1 hour', ms: 3_600_000 },
  { name: '6h', label: '6 hours', ms: 21_600_000 },
  { name: '1d', label: '1 day', ms: longestMs },
] as const

export function spanOf(shown: TimeWindow, now: number): Span {
  return shown.kind === 'live' ? { from: now - shown.lastMs, to: now } : shown
}

export function lengthOf(shown: TimeWindow): number {
  return shown.kind === 'live' ? shown.lastMs : shown.to - shown.from
}

export function liveWindow(lastMs: number): TimeWindow {
  return { kind: 'live', lastMs: clamp(Math.round(lastMs), shortestMs, longestMs) }
}

/** Stands still where it is. */
export function paused(shown: TimeWindow, now: number): TimeWindow {
  const { from, to } = spanOf(shown, now)
  return { kind: 'still', from: Math.round(from), to: Math.round(to) }
}

/** @param byMs Above 0: towards now. A window that reaches now is live again. */
export function panned(shown: TimeWindow, byMs: number, now: number): TimeWindow {
  const { from, to } = spanOf(shown, now)
  const length = to - from
  if (to + byMs >= now) return liveWindow(length)
  const end = Math.round(Math.max(to + byMs, now - longestMs + length))
  return { kind: 'still', from: end - Math.round(length), to: end }
}

/**
 * @param factor Below 1 shows less time.
 * @param anchor What keeps its place: 0 is the left end, 1 the right one. A live window keeps its right end.
 */
export function zoomed(shown: TimeWindow, factor: number, anchor: number, now: number): TimeWindow {
  if (shown.kind === 'live') return liveWindow(shown.lastMs * factor)
  const before = shown.to - shown.from
  const length = clamp(before * factor, shortestMs, longestMs)
  return chosen({ from: shown.from + (before - length) * anchor, to: shown.to - (before - length) * (1 - anchor) }, now)
}

/** A part that somebody chose, as near to it as may be shown. */
export function chosen({ from, to }: Span, now: number): TimeWindow {
  const length = clamp(Math.abs(to - from), shortestMs, longestMs)
  const middle = (from + to) / 2
  return panned({ kind: 'still', from: middle - length / 2, to: middle + length / 2 }, 0, now)
}

export function isSameWindow(a: TimeWindow, b: TimeWindow): boolean {
  if (a.kind === 'live') return b.kind === 'live' && a.lastMs === b.lastMs
  return b.kind === 'still' && a.from === b.from && a.to === b.to
}

export function windowText(lengthMs: number): string {
  const known = windowChoices.find(({ ms }) => ms === lengthMs)
  if (known) return known.label
  const seconds = Math.round(lengthMs / 1_000)
  if (seconds < 120) return `${seconds} seconds`
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${(seconds / 3_600).toFixed(1)} hours`
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
