import { expect, it } from 'vitest'
import { dayOpening } from '../market/day-opening.ts'
import { priceAt } from '../market/price-at.ts'
import { listings, symbols } from '../market/symbols.ts'

const start = Date.UTC(2026, 10, 20, 9)
const [secondMs, minuteMs, hourMs, dayMs] = [1_000, 60_000, 3_600_000, 86_400_000]
const indexes = symbols.map((_, index) => index)

it('[CHT10] 300 symbols with names, no two alike', () => {
  expect(new Set(symbols).size).toBe(300)
  expect(new Set(listings.map(({ name }) => name)).size).toBe(300)
})

it('[CHT10] a price depends on seed, symbol and moment alone', () => {
  const prices = (seed: number) => indexes.map((index) => priceAt(seed, index, start + index * 777))
  expect(prices(1)).toEqual(prices(1))
  expect(prices(1)).not.toEqual(prices(2))
  // Written down once: on no machine and in no version are they others.
  expect([0, 1, 299].map((index) => priceAt(1729, index, start))).toEqual([14.2, 26.6, 44.98])
})

it('[CHT10] prices are whole cents above 0', () => {
  for (const index of indexes) {
    const price = priceAt(1, index, start)
    expect(price).toBeGreaterThan(0)
    expect(Math.round(price * 100) / 100).toBe(price)
  }
})

it('[CHT11] strays more in a day than in an hour than in a minute, and less than twice in a day', () => {
  /** The median of how far symbols are from where they were. */
  const strayed = (spanMs: number) => {
    const parts = indexes.map((index) =>
      Math.abs(Math.log(priceAt(1, index, start + spanMs) / priceAt(1, index, start))),
    )
    return parts.toSorted((a, b) => a - b)[150] ?? 0
  }
  const [minute, hour, day] = [strayed(minuteMs), strayed(hourMs), strayed(dayMs)]
  expect(hour).toBeGreaterThan(3 * minute)
  expect(day).toBeGreaterThan(2 * hour)
  for (const index of indexes) {
    const moments = Array.from({ length: 97 }, (_, quarter) => priceAt(1, index, start + quarter * 15 * minuteMs))
    expect(Math.max(...moments) / Math.min(...moments)).toBeLessThan(2)
  }
})

it('[CHT11, CHT12] has no jumps from one update to the next', () => {
  for (let at = start; at < start + minuteMs; at += secondMs / 4) {
    const [was, is] = [priceAt(7, 42, at), priceAt(7, 42, at + secondMs / 4)]
    expect(Math.abs(is / was - 1)).toBeLessThan(0.005)
  }
})

it('[CHT14] a day opens with the price of its first moment', () => {
  const openingOf = dayOpening(5)
  const midnight = Date.UTC(2026, 10, 20)
  expect(openingOf(3, midnight + hourMs)).toBe(priceAt(5, 3, midnight))
  expect(openingOf(3, midnight + dayMs - 1)).toBe(priceAt(5, 3, midnight))
  expect(openingOf(3, midnight + dayMs)).toBe(priceAt(5, 3, midnight + dayMs))
})
