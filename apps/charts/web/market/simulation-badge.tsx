import { Badge } from '@millrace/app-design'
import type { RoomClient } from '@millrace/client'
import { useLatest } from '@millrace/react'
import type { ReactElement } from 'react'
import type { MarketRoom } from './quote-book.ts'

/** Nobody should take these prices for real ones. */
export function SimulationBadge({ room }: { readonly room: RoomClient<MarketRoom> }): ReactElement {
  const [simulation] = useLatest(room, 'simulation').values()
  return <Badge tone="warn">{simulation ? `Simulation, seed ${simulation.seed}` : 'Simulation'}</Badge>
}
