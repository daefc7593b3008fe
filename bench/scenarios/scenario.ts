import type { Pinning } from '../pinning.ts'
import type { Row } from '../row.ts'

export interface ScenarioOptions {
  /** Names of contenders, also of such as this scenario does not know. */
  readonly contenders: readonly string[]
  /** Measured rounds. */
  readonly rounds: number
  /** Of the scenario `idle`. */
  readonly connections: number
  /** Of the scenario `slow-reader`. */
  readonly stallSeconds: number
  /** Of the scenario `collab-open`: a recorded trace instead of a synthetic one. */
  readonly traceFile: string | undefined
  readonly pinning: Pinning | undefined
  /** A directory for CPU profiles of the measured rounds. */
  readonly profileDir: string | undefined
  readonly say: (progress: string) => void
}

export interface Scenario {
  readonly name: string
  run(options: ScenarioOptions): Promise<Row[]>
}
