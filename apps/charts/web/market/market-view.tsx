import { EmptyState, Segments } from '@millrace/app-design'
import { useLatest, useRoom } from '@millrace/react'
import { useMemo, type ReactElement } from 'react'
import { charts } from '../../contract.ts'
import { listings } from '../../market/symbols.ts'
import { AlertForm } from '../alert/alert-form.tsx'
import { useAlerts } from '../alert/use-alerts.ts'
import { useTitle } from '../alert/use-title.ts'
import { withAlert } from '../alert/with-alert.ts'
import { useAddress, usePageParts } from '../page-parts.ts'
import { TimePlot } from '../plot/time-plot.tsx'
import { priceText } from '../plot/value-texts.ts'
import { TimeBar } from '../time/time-bar.tsx'
import { useFeed } from '../view/use-feed.ts'
import { LivePrice } from './live-price.tsx'
import { priceQuery } from './price-query.ts'
import { priceSource } from './price-source.ts'
import { RateSlider } from './rate-slider.tsx'
import { SimulationBadge } from './simulation-badge.tsx'
import { simulationNote } from './simulation-note.ts'
import type { UsedMarket } from './use-market.ts'
import { useRate } from './use-rate.ts'

const drawings = [
  { value: false, name: 'Line' },
  { value: true, name: 'Candles' },
]
const rule = {}
const price = 'price'

/** One symbol large, and the simulation that its prices come from. */
export function MarketView({ joined, book, series, symbol }: UsedMarket & { readonly symbol: string }): ReactElement {
  const { address, time, absence } = usePageParts()
  const { isCandles, alerts, window: shownTime } = useAddress()
  const query = useMemo(() => priceQuery(symbol, shownTime, isCandles, innerWidth), [symbol, shownTime, isCandles])
  const feed = useFeed(series, query)
  const source = useMemo(
    () => priceSource({ symbol, feed, time, address, absence }),
    [symbol, feed, time, address, absence],
  )
  const isBeyond = useAlerts(symbol, source, alerts.price, priceText)
  const lines = useMemo(() => [{ label: symbol, colour: 'c1' as const }], [symbol])
  const [simulation] = useLatest(joined.room, 'simulation').values()
  const wishes = useRoom(charts, 'wishes')
  const [wish] = useLatest(wishes.room, 'rate').values()
  const rate = useRate(joined.room, wish?.perSecond ?? simulation?.rate ?? 1)
  useTitle(symbol, isBeyond)
  const listing = listings.find((each) => each.symbol === symbol)

  if (!listing) {
    return (
      <EmptyState icon="search" title={`There is no symbol ${symbol}`}>
        Choose one of the list.
      </EmptyState>
    )
  }
  return (
    <>
      <TimeBar>
        <Segments
          label="Drawn as"
          choices={drawings}
          chosen={isCandles}
          onChoose={(next) => address.adjust({ isCandles: next })}
        />
        <AlertForm
          key={symbol}
          label={symbol}
          unit=""
          scale={1}
          threshold={alerts.price}
          onChange={(next) => address.adjust({ alerts: withAlert(address.get().alerts, price, next) })}
        />
      </TimeBar>
      <section className="chart-card market" aria-label={listing.name} data-beyond={isBeyond || undefined}>
        <header className="market-head">
          <h2>
            {symbol} <span>{listing.name}</span>
          </h2>
          <SimulationBadge room={joined.room} />
          <LivePrice book={book} symbol={symbol} />
        </header>
        <TimePlot
          label={`Price of ${listing.name}`}
          lines={lines}
          source={source}
          time={time}
          rule={rule}
          valueText={priceText}
          isWheelFree
        />
      </section>
      <RateSlider {...rate} note={simulationNote(simulation, rate.rate)} />
    </>
  )
}
