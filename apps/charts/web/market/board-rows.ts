import { cancelPaint, requestCalmPaint, requestPaint } from '../frame/request-paint.ts'
import { changeText, priceText } from '../plot/value-texts.ts'
import { onPalette } from '../plot/palette.ts'
import type { SeriesFeed } from '../view/series-feed.ts'
import { drawSparkline } from './draw-sparkline.ts'
import type { MarketSeries } from './market-series.ts'
import type { Quote, QuoteBook } from './quote-book.ts'

interface RowPlaces {
  readonly price: HTMLElement
  readonly change: HTMLElement
  readonly spark: HTMLCanvasElement
}

interface Row {
  readonly places: RowPlaces
  drawn: Quote | undefined
  /** When its price changed last, ms of the page. */
  changedAt: number
}

/** How long a price is marked as risen or fallen, ms. */
const markMs = 700

/** Writes quotes into the rows that are in the page: only those that changed, and each at most once in a frame. */
export class BoardRows {
  readonly #book: QuoteBook
  readonly #rows = new Map<string, Row>()
  readonly #changed = new Set<string>()
  readonly #isStill = matchMedia('(prefers-reduced-motion: reduce)')
  #feed: SeriesFeed<MarketSeries> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(book: QuoteBook) {
    this.#book = book
  }

  /** Listens to quotes. @returns What ends that. */
  open(): () => void {
    const offQuotes = this.#book.on(({ symbol }) => {
      if (!this.#rows.has(symbol)) return
      this.#changed.add(symbol)
      requestCalmPaint(this.#paint)
    })
    const offPalette = onPalette(() => requestPaint(this.#paintSparklines))
    return () => {
      offQuotes()
      offPalette()
      clearTimeout(this.#timer)
      this.#timer = undefined
      cancelPaint(this.#paint)
      cancelPaint(this.#paintSparklines)
    }
  }

  /** Draws sparklines from it. @returns What ends that. */
  follow(feed: SeriesFeed<MarketSeries>): () => void {
    this.#feed = feed
    return feed.on(() => requestCalmPaint(this.#paintSparklines))
  }

  /** A row is in the page now. @returns What ends that. */
  add(symbol: string, places: RowPlaces): () => void {
    const row: Row = { places, drawn: undefined, changedAt: -Infinity }
    this.#rows.set(symbol, row)
    this.#changed.add(symbol)
    requestPaint(this.#paint)
    requestPaint(this.#paintSparklines)
    return () => {
      if (this.#rows.get(symbol) === row) this.#rows.delete(symbol)
    }
  }

  readonly #paint = (): void => {
    const now = performance.now()
    for (const symbol of this.#changed) {
      const row = this.#rows.get(symbol)
      const quote = this.#book.get(symbol)
      if (row && quote && quote !== row.drawn) this.#write(row, quote, now)
    }
    this.#changed.clear()
    this.#timer ??= setTimeout(this.#unmark, markMs)
  }

  #write(row: Row, quote: Quote, now: number): void {
    const { price, change } = row.places
    const before = row.drawn?.price
    row.drawn = quote
    write(price, priceText(quote.price))
    write(change, changeText(quote.change))
    change.dataset.sign = quote.change < 0 ? 'down' : 'up'
    if (before === undefined || before === quote.price || this.#isStill.matches) return
    row.changedAt = now
    const mark = quote.price > before ? 'up' : 'down'
    if (price.dataset.mark !== mark) price.dataset.mark = mark
  }

  readonly #unmark = (): void => {
    this.#timer = undefined
    const now = performance.now()
    let isMarked = false
    for (const { places, changedAt } of this.#rows.values()) {
      if (now - changedAt >= markMs) delete places.price.dataset.mark
      else isMarked = true
    }
    if (isMarked) this.#timer = setTimeout(this.#unmark, markMs / 2)
  }

  readonly #paintSparklines = (): void => {
    const view = this.#feed?.view
    if (!view) return
    for (const [symbol, { places }] of this.#rows) drawSparkline(places.spark, view.points(symbol, 'price'))
  }
}

function write(place: HTMLElement, text: string): void {
  const node = place.firstChild
  if (!(node instanceof Text)) place.textContent = text
  else if (node.data !== text) node.data = text
}
