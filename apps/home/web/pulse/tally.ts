import type { GapSpan } from '@millrace/contract'

/** What became of numbered events, judged by their numbers alone. */
export interface Tally {
  readonly received: number
  /** Of those, how many had waited while there was no connection. */
  readonly replayed: number
  /** Numbers that never came, and that no gap was told for. */
  readonly lost: number
  /** Numbers that came again, or out of order. */
  readonly repeated: number
  /** Gaps that were told. */
  readonly gaps: number
  /** Numbers that never came, and that a gap was told for. */
  readonly told: number
  /** The highest number; undefined before the first, and in a new history. */
  readonly last: number | undefined
  /** A gap was told, and no event came since. */
  readonly isAfterGap: boolean
}

export const emptyTally: Tally = {
  received: 0,
  replayed: 0,
  lost: 0,
  repeated: 0,
  gaps: 0,
  told: 0,
  last: undefined,
  isAfterGap: false,
}

export function withTick(tally: Tally, n: number, isReplayed: boolean): Tally {
  const { last = n - 1, isAfterGap } = tally
  const counted = { ...tally, received: tally.received + 1, replayed: tally.replayed + (isReplayed ? 1 : 0) }
  if (n <= last) return { ...counted, repeated: tally.repeated + 1 }
  const missing = n - last - 1
  return {
    ...counted,
    last: n,
    isAfterGap: false,
    lost: tally.lost + (isAfterGap ? 0 : missing),
    told: tally.told + (isAfterGap ? missing : 0),
  }
}

export function withGap(tally: Tally, reason: GapSpan['reason']): Tally {
  const gaps = tally.gaps + 1
  // Another history counts from anywhere.
  return reason === 'trimmed'
    ? { ...tally, gaps, isAfterGap: true }
    : { ...tally, gaps, isAfterGap: false, last: undefined }
}
