import { useEffect, useMemo, useReducer } from 'react'
import { listings, type Listing } from '../../market/symbols.ts'
import { ordered, type BoardOrder } from './board-order.ts'
import type { QuoteBook } from './quote-book.ts'

/** Rows that trade places more often cannot be read, ms. */
const everyMs = 2_000

/** The symbols in their order, which is looked at again every now and then where it depends on prices. */
export function useBoardOrder(book: QuoteBook, find: string, order: BoardOrder): readonly Listing[] {
  const [round, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    if (order === 'symbol') return
    const timer = setInterval(again, everyMs)
    return () => clearInterval(timer)
  }, [order])
  return useMemo(() => {
    void round
    return ordered(listings, find, order, (symbol) => book.get(symbol))
  }, [book, find, order, round])
}
