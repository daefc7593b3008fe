import type { Candle, SeriesPoints } from './series-client.ts'

/** One candle per column that has points: four points of a column say as much of it as all of its samples. */
export function candlesOf({ at, values }: SeriesPoints, columnMs: number): readonly Candle[] {
  const candles: Candle[] = []
  let first = 0
  while (first < at.length) {
    const column = Math.floor(at[first]! / columnMs) * columnMs
    let high = values[first]!
    let low = high
    let next = first + 1
    for (; next < at.length && at[next]! < column + columnMs; next++) {
      high = Math.max(high, values[next]!)
      low = Math.min(low, values[next]!)
    }
    candles.push({ at: column, open: values[first]!, high, low, close: values[next - 1]! })
    first = next
  }
  return candles
}
