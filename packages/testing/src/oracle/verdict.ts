/** What a violation breaks; `docs/spec/oracle.md` says each in a sentence. */
export type OracleRule =
  | 'order'
  | 'one-entry'
  | 'stored'
  | 'delivered'
  | 'duplicate'
  | 'invented'
  | 'one-position'
  | 'refused'
  | 'needless-gap'
  | 'behind'

export interface Violation {
  readonly rule: OracleRule
  readonly room: string
  readonly message: string
  /** Numbers of the lines that contradict each other, counted from 1. */
  readonly lines: readonly number[]
}

/** How much was judged. A run that proves something has none of the first three at 0. */
export interface Counts {
  readonly attempts: number
  readonly acks: number
  readonly events: number
  readonly gaps: number
  readonly losses: number
}

export interface Verdict {
  /** In the order of the rooms and of the rules; empty where every promise held. */
  readonly violations: readonly Violation[]
  readonly counts: Counts
}
