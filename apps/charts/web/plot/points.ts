import type { Span } from '../time/time-window.ts'

/** The index of the first point at or after `time`; as many as there are where none is. */
export function firstAtOrAfter(at: Float64Array, time: number): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[middle] ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** The index of the point nearest to `time`; -1 where there is none. */
export function nearest(at: Float64Array, time: number): number {
  if (at.length === 0) return -1
  const after = firstAtOrAfter(at, time)
  if (after === 0) return 0
  if (after === at.length) return after - 1
  return (at[after] ?? 0) - time < time - (at[after - 1] ?? 0) ? after : after - 1
}

/** Which points a drawing of the span needs: those within and one on either side. `to` is not included. */
export function drawnPart(at: Float64Array, { from, to }: Span): { readonly from: number; readonly to: number } {
  return { from: Math.max(0, firstAtOrAfter(at, from) - 1), to: Math.min(at.length, firstAtOrAfter(at, to) + 1) }
}

export interface Range {
  readonly min: number
  readonly max: number
}

/** The least and greatest value of points within the span, undefined where there is none. */
export function rangeWithin(
  { at, values }: { readonly at: Float64Array; readonly values: Float64Array },
  { from, to }: Span,
): Range | undefined {
  let [min, max] = [Infinity, -Infinity]
  for (let index = firstAtOrAfter(at, from); index < at.length && (at[index] ?? 0) <= to; index++) {
    const value = values[index] ?? 0
    if (value < min) min = value
    if (value > max) max = value
  }
  return min <= max ? { min, max } : undefined
}
