import type { NodeStart } from '../fleet/fault-node.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { Findings } from '../rows/findings.ts'

interface ScenarioOptions {
  readonly seed: number
  /** How long may be waited for what does not come where there is a bug, ms. */
  readonly patienceMs: number
}

/** A small run in which one seeded bug shows and nothing else is wrong. It goes on to its end whatever it sees. */
export interface Scenario {
  readonly nodes: number
  readonly start: NodeStart
  readonly run: (fleet: Fleet, findings: Findings, options: ScenarioOptions) => Promise<void>
}
