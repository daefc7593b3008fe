import { useEffect, useRef, type ReactElement } from 'react'
import { cancelPaint, requestCalmPaint, requestPaint } from '../frame/request-paint.ts'
import { changeText, priceText } from '../plot/value-texts.ts'
import type { QuoteBook } from './quote-book.ts'

/** The newest price of a symbol, written past React. */
export function LivePrice({ book, symbol }: { readonly book: QuoteBook; readonly symbol: string }): ReactElement {
  const price = useRef<HTMLElement>(null)
  const change = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const paint = (): void => {
      const quote = book.get(symbol)
      if (!quote || !price.current || !change.current) return
      price.current.textContent = priceText(quote.price)
      change.current.textContent = changeText(quote.change)
      change.current.dataset.sign = quote.change < 0 ? 'down' : 'up'
    }
    requestPaint(paint)
    const off = book.on((quote) => quote.symbol === symbol && requestCalmPaint(paint))
    return () => {
      off()
      cancelPaint(paint)
    }
  }, [book, symbol])
  return (
    <p className="live-price">
      <strong ref={price} /> <span ref={change} className="board-change" /> <small>since midnight (UTC)</small>
    </p>
  )
}
