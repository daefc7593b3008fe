/** A value that somebody wants to be told of. */
export interface Threshold {
  readonly side: 'above' | 'below'
  readonly value: number
}

function isBeyond({ side, value }: Threshold, measured: number): boolean {
  return side === 'above' ? measured > value : measured < value
}

export interface Watched {
  /** Points up to this time were looked at, ms since 1970. */
  readonly upTo: number
  /** The newest of them is beyond. */
  readonly isBeyond: boolean
}

export const notWatched: Watched = { upTo: -Infinity, isBeyond: false }

/** Looks at the points after `before.upTo`. @returns `crossed`: the first of them that went beyond, coming from this side. */
export function watch(
  threshold: Threshold,
  { at, values }: { readonly at: Float64Array; readonly values: Float64Array },
  before: Watched,
): { readonly now: Watched; readonly crossed: number | undefined } {
  let crossed: number | undefined
  let { isBeyond: wasBeyond, upTo } = before
  for (let index = firstAfter(at, upTo); index < at.length; index++) {
    const value = values[index] ?? 0
    const is = isBeyond(threshold, value)
    if (is && !wasBeyond) crossed ??= value
    wasBeyond = is
    upTo = at[index] ?? upTo
  }
  return { now: { upTo, isBeyond: wasBeyond }, crossed }
}

/** From the end, since nearly all was looked at before. */
function firstAfter(at: Float64Array, upTo: number): number {
  let index = at.length
  while (index > 0 && (at[index - 1] ?? 0) > upTo) index--
  return index
}
