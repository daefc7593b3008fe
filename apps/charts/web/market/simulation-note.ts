import type { EventOutput } from '@millrace/contract'
import { countText } from '../plot/value-texts.ts'
import type { MarketRoom } from './quote-book.ts'

export type Simulation = EventOutput<MarketRoom['events']['simulation']>

/** What is to be known of a simulation that does not do what the slider says. @param wish Updates per second. */
export function simulationNote(simulation: Simulation | undefined, wish: number): string | undefined {
  if (!simulation) return 'Waiting for a node to run it.'
  if (simulation.isIdle) return 'It rested while nobody watched, and goes on.'
  if (!simulation.isRunning) return `Node ${simulation.node} fills in what nobody simulated.`
  if (simulation.rate !== wish) return `It goes at ${countText(simulation.rate)} a second now.`
  return `It runs on ${simulation.node}, for everybody who watches.`
}
