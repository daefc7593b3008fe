import type { RoomSeriesClient } from '@millrace/client'
import { useRoom, type JoinedRoom } from '@millrace/react'
import { useEffect, useMemo } from 'react'
import { charts } from '../../contract.ts'
import { usePageParts } from '../page-parts.ts'
import type { MarketSeries } from './market-series.ts'
import { QuoteBook, type MarketRoom } from './quote-book.ts'

export interface UsedMarket {
  readonly joined: JoinedRoom<MarketRoom>
  readonly book: QuoteBook
  /** Undefined until the room is joined. */
  readonly series: RoomSeriesClient<MarketSeries> | undefined
}

/** The market, as long as it is shown. */
export function useMarket(): UsedMarket {
  const { received } = usePageParts()
  const joined = useRoom(charts, 'market')
  const { room, status } = joined
  const book = useMemo(() => new QuoteBook(room, received), [room, received])
  useEffect(() => book.open(), [book])
  const series = useMemo(() => (status === 'joined' ? room.series('price') : undefined), [room, status])
  return useMemo(() => ({ joined, book, series }), [joined, book, series])
}
