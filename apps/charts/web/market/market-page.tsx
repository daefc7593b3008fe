import { EmptyState, failureText } from '@millrace/app-design'
import type { ReactElement } from 'react'
import { listings } from '../../market/symbols.ts'
import { ChartsShell } from '../charts-shell.tsx'
import type { UsedNodes } from '../machines/use-nodes.ts'
import { useAddress, usePageParts } from '../page-parts.ts'
import { withAlert } from '../alert/with-alert.ts'
import { MarketBoard } from './market-board.tsx'
import { MarketView } from './market-view.tsx'
import { useMarket } from './use-market.ts'

const [first] = listings

/** The board, and the symbol that was chosen on it; on a phone one of them, beside each other the first symbol at first. */
export function MarketPage({ nodes }: { readonly nodes: UsedNodes }): ReactElement {
  const { address } = usePageParts()
  const { symbol } = useAddress()
  const market = useMarket()
  const shown = symbol ?? first?.symbol ?? ''
  function choose(next: string): void {
    const { alerts } = address.get()
    const change = { symbol: next, alerts: next === shown ? alerts : withAlert(alerts, 'price', undefined) }
    // Going through the list with the arrow keys is one step of the way back.
    if (symbol === undefined) address.go(change)
    else address.adjust(change)
  }
  const { status, error } = market.joined
  return (
    <ChartsShell
      nodes={nodes}
      title="Market"
      sideLabel="Symbols"
      side={<MarketBoard {...market} chosen={shown} onChoose={choose} />}
      view={symbol === undefined ? 'side' : 'main'}
      onBack={() => address.go({ symbol: undefined })}
    >
      {status === 'refused' ? (
        <EmptyState icon="lock" title="The market cannot be watched">
          {error && failureText(error)}
        </EmptyState>
      ) : (
        <MarketView {...market} symbol={shown} />
      )}
    </ChartsShell>
  )
}
