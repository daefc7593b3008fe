import type { Fleet, FleetOptions } from '../fleet/start-fleet.ts'
import type { Findings } from './findings.ts'

export interface RowOptions {
  readonly seed: number
  /** The long form takes as long as it needs; the short one less than 15 s. */
  readonly isLong: boolean
}

/** One line of the table. It breaks something, proves that it did, and says what it saw; the oracles judge the rest. */
export interface Row {
  /** `F01`. */
  readonly id: string
  /** Which fleet it breaks. Default: one Redis. */
  readonly fleet?: FleetOptions
  readonly run: (fleet: Fleet, findings: Findings, options: RowOptions) => Promise<void>
}
