import { priceAt } from './price-at.ts'

const dayMs = 86_400_000

/** @returns The price of a symbol at the beginning of the day (UTC) of a moment; computed once a day. */
export function dayOpening(seed: number): (symbol: number, at: number) => number {
  const openings = new Map<number, number>()
  let day = -1
  return (symbol, at) => {
    const today = Math.floor(at / dayMs)
    if (today !== day) openings.clear()
    day = today
    const known = openings.get(symbol) ?? priceAt(seed, symbol, today * dayMs)
    openings.set(symbol, known)
    return known
  }
}
