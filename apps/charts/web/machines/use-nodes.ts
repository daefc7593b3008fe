import { useLatest, useRoom, type JoinedRoom } from '@millrace/react'
import type { EventOutput } from '@millrace/contract'
import { useMemo } from 'react'
import { charts } from '../../contract.ts'

type MachinesRoom = (typeof charts)['rooms']['machines']
type ChartNode = EventOutput<MachinesRoom['events']['node']>

export interface UsedNodes {
  readonly joined: JoinedRoom<MachinesRoom>
  /** By name. */
  readonly nodes: readonly ChartNode[]
  /** The same list as long as nobody comes or goes. */
  readonly names: readonly string[]
}

/** The nodes that run now. */
export function useNodes(): UsedNodes {
  const joined = useRoom(charts, 'machines')
  const latest = useLatest(joined.room, 'node')
  const nodes = useMemo(() => [...latest.values()].toSorted((a, b) => a.name.localeCompare(b.name)), [latest])
  const text = nodes.map(({ name }) => name).join('\n')
  const names = useMemo(() => text.split('\n').filter(Boolean), [text])
  return { joined, nodes, names }
}
