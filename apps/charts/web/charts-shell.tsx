import { AppShell, Brand, ConnectionBanner, SideBar, ThemeSwitch } from '@millrace/app-design'
import { useClient, useConnection } from '@millrace/react'
import { useState, type ReactElement, type ReactNode } from 'react'
import { tabs, type Tab } from './address/chart-address.ts'
import { CostStrip } from './cost/cost-strip.tsx'
import favicon from './favicon.svg'
import type { UsedNodes } from './machines/use-nodes.ts'
import { useAddress, usePageParts } from './page-parts.ts'

const tabNames: Readonly<Record<Tab, string>> = { machines: 'Machines', market: 'Market', log: 'Log' }

interface ChartsShellProps {
  readonly nodes: UsedNodes
  readonly side: ReactNode
  readonly sideLabel: string
  /** The heading. */
  readonly title: string
  readonly children: ReactNode
  /** What a phone shows; undefined: what the visitor chose, at first the main part. */
  readonly view?: 'side' | 'main' | undefined
  readonly onBack?: (() => void) | undefined
}

/** What all tabs have around them. */
export function ChartsShell(props: ChartsShellProps): ReactElement {
  const { nodes, side, sideLabel, title, children, view, onBack } = props
  const client = useClient()
  const state = useConnection()
  const [isSide, setSide] = useState(false)
  const header = (
    <>
      <Brand mark={favicon} href="../">
        <ThemeSwitch />
      </Brand>
      <Tabs onSame={() => setSide(false)} />
    </>
  )
  return (
    <AppShell
      side={<SideBar header={header}>{side}</SideBar>}
      sideLabel={sideLabel}
      view={view ?? (isSide ? 'side' : 'main')}
      onBack={onBack ?? (() => setSide(true))}
      backLabel={sideLabel}
      skipLabel="Skip to the charts"
      header={
        <>
          <Tabs className="charts-tabs--bar" onSame={() => {}} />
          <h1>{title}</h1>
        </>
      }
    >
      <ConnectionBanner
        state={state}
        waitingCount={0}
        // Where it fails, the banner says so.
        onRetry={() => void client.connect().catch(() => {})}
      />
      <div className="charts-main">
        {children}
        <CostStrip {...nodes} />
      </div>
    </AppShell>
  )
}

/** @param onSame The tab that is shown was chosen again. */
function Tabs({ onSame, className = '' }: { readonly onSame: () => void; readonly className?: string }): ReactElement {
  const { address } = usePageParts()
  const { tab: shown } = useAddress()
  return (
    <nav className={`mr-segments charts-tabs ${className}`} aria-label="Charts">
      {tabs.map((tab) => (
        <a
          key={tab}
          href={`#${tab}`}
          aria-current={tab === shown ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault()
            if (tab === shown) onSame()
            else address.go({ tab })
          }}
        >
          {tabNames[tab]}
        </a>
      ))}
    </nav>
  )
}
