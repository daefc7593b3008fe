import type { MarketRoom } from './quote-book.ts'

export type MarketSeries = MarketRoom['series']['price']
