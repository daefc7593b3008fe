import type { ReactElement } from 'react'
import { ChartsShell } from './charts-shell.tsx'
import { LogView } from './log/log-view.tsx'
import { MachinesView } from './machines/machines-view.tsx'
import { NodeSide } from './machines/node-side.tsx'
import { useNodes, type UsedNodes } from './machines/use-nodes.ts'
import { MarketPage } from './market/market-page.tsx'
import { useAddress } from './page-parts.ts'

export function ChartsPage(): ReactElement {
  const { tab } = useAddress()
  const nodes = useNodes()
  if (tab === 'market') return <MarketPage nodes={nodes} />
  return tab === 'log' ? <LogPage {...nodes} /> : <MachinesPage {...nodes} />
}

function MachinesPage(nodes: UsedNodes): ReactElement {
  return (
    <ChartsShell nodes={nodes} title="Machines" sideLabel="Nodes" side={<NodeSide {...nodes} />}>
      <MachinesView {...nodes} />
    </ChartsShell>
  )
}

function LogPage(nodes: UsedNodes): ReactElement {
  return (
    <ChartsShell nodes={nodes} title="Log" sideLabel="Nodes" side={<NodeSide {...nodes} />}>
      <LogView names={nodes.names} />
    </ChartsShell>
  )
}
