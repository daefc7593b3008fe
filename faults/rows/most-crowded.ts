import type { FaultNode } from '../fleet/fault-node.ts'
import type { Fleet } from '../fleet/start-fleet.ts'
import type { Load } from '../load/start-load.ts'

/** The node with the most members. */
export function mostCrowded(fleet: Fleet, load: Load): FaultNode {
  return fleet.nodes.reduce((most, node) => (load.on(node.name).length > load.on(most.name).length ? node : most))
}
