import type { AddressStore } from '../address/address-store.ts'
import type { PlotSource } from '../plot/use-plot.ts'
import type { Absence } from '../time/absence.ts'
import type { TimeControl } from '../time/time-control.ts'
import type { SeriesFeed } from '../view/series-feed.ts'
import type { MarketSeries } from './market-series.ts'

interface PriceSourceOptions {
  readonly symbol: string
  readonly feed: SeriesFeed<MarketSeries> | undefined
  readonly time: TimeControl
  readonly address: AddressStore
  readonly absence: Absence
}

/** At one update a second 300 symbols have to wait for theirs; a line is interrupted only where none came for longer, ms. */
const silenceMs = 1_200_000
const noPoints = { at: new Float64Array(), values: new Float64Array() }

/** The prices of one symbol, as a line or as candles. */
export function priceSource({ symbol, feed, time, address, absence }: PriceSourceOptions): PlotSource {
  return {
    scene() {
      const view = feed?.view
      const { isCandles, alerts } = address.get()
      return {
        span: time.span(),
        tracks: [{ label: symbol, colour: 'c1', ...(view ? view.points(symbol, 'price') : noPoints) }],
        candles: isCandles && view ? { list: view.candles(symbol, 'price'), columnMs: view.columnMs } : undefined,
        threshold: alerts.price,
        awaySince: absence.since,
        breakMs: silenceMs,
      }
    },
    on: (listener) => {
      const offs = [feed?.on(listener), address.on(listener), absence.on(listener)]
      return () => offs.forEach((off) => off?.())
    },
  }
}
