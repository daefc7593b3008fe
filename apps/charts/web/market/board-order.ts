import type { Listing } from '../../market/symbols.ts'
import type { Quote } from './quote-book.ts'

export const boardOrders = [
  { name: 'symbol', label: 'Symbol' },
  { name: 'risers', label: 'Risers first' },
  { name: 'fallers', label: 'Fallers first' },
  { name: 'price', label: 'Dearest first' },
] as const
export type BoardOrder = (typeof boardOrders)[number]['name']

/** Those whose symbol or name has the text, in order. What has no quote yet stands last. */
export function ordered(
  listings: readonly Listing[],
  find: string,
  order: BoardOrder,
  quoteOf: (symbol: string) => Pick<Quote, 'price' | 'change'> | undefined,
): readonly Listing[] {
  const text = find.trim().toLowerCase()
  const found = listings.filter(({ symbol, name }) => `${symbol} ${name}`.toLowerCase().includes(text))
  if (order === 'symbol') return found.toSorted((a, b) => a.symbol.localeCompare(b.symbol))
  const rank = (symbol: string): number => {
    const quote = quoteOf(symbol)
    if (!quote) return -Infinity
    return order === 'price' ? quote.price : order === 'risers' ? quote.change : -quote.change
  }
  const ranks = new Map(found.map(({ symbol }) => [symbol, rank(symbol)]))
  return found.toSorted((a, b) => (ranks.get(b.symbol) ?? 0) - (ranks.get(a.symbol) ?? 0))
}
