import { expect, it } from 'vitest'
import { maxRate, minRate } from '../contract.ts'
import { listings } from '../market/symbols.ts'
import { Rate } from '../web/cost/rate.ts'
import { ordered } from '../web/market/board-order.ts'
import { rateOf, rateSteps, stepOf } from '../web/market/rate-scale.ts'
import { ServerClock } from '../web/time/server-clock.ts'
import { candleColumnMs, columnsFor } from '../web/view/window-query.ts'
import { filterLines } from '../web/log/filter-lines.ts'

it('[CHT73] the slider goes from 1 to 10,000 in equal factors, and finds its place again', () => {
  expect([rateOf(0), rateOf(rateSteps / 2), rateOf(rateSteps)]).toEqual([minRate, 100, maxRate])
  for (let step = 1; step <= rateSteps; step++) expect(rateOf(step)).toBeGreaterThanOrEqual(rateOf(step - 1))
  for (const rate of [1, 10, 100, 500, 5_000, 10_000]) expect(rateOf(stepOf(rate))).toBe(rate)
})

it('[CHT71] the board finds symbols by their letters and names, and orders them by name, price and change', () => {
  const quotes = new Map([
    ['ALA', { price: 5, change: 0.1 }],
    ['ALB', { price: 50, change: -0.2 }],
    ['ALC', { price: 20, change: 0.3 }],
  ])
  const symbols = (find: string, order: Parameters<typeof ordered>[2]) =>
    ordered(listings, find, order, (symbol) => quotes.get(symbol))
      .slice(0, 3)
      .map(({ symbol }) => symbol)
  expect(symbols('', 'symbol')).toEqual(['ALA', 'ALB', 'ALC'])
  expect(symbols('', 'price')).toEqual(['ALB', 'ALC', 'ALA'])
  expect(symbols('', 'risers')).toEqual(['ALC', 'ALA', 'ALB'])
  expect(symbols('', 'fallers')).toEqual(['ALB', 'ALA', 'ALC'])
  expect(symbols('alder bANK ', 'symbol')).toEqual(['ALB'])
  expect(symbols('no such thing', 'symbol')).toEqual([])
})

it('[CHT63] a view asks for steps of 100 columns, for fewer where it has very many lines, and for candles that people know', () => {
  expect([columnsFor(1_234, 1), columnsFor(40, 1), columnsFor(300, 200 * 9)]).toEqual([1_200, 100, 138])
  expect(columnsFor(300, 1_000_000)).toBe(1)
  expect(candleColumnMs(900_000, 1_000)).toBe(15_000)
  expect(candleColumnMs(86_400_000, 300)).toBe(3_600_000)
  for (const width of [300, 1_000])
    expect((86_400_000 / candleColumnMs(86_400_000, width)) * 9).toBeLessThanOrEqual(width)
})

it('[CHT85] the latency is by the clocks of both, and where they do not agree above that of the fastest message', () => {
  let now = 1_000_000
  const agreed = new ServerClock(() => now)
  expect([agreed.note(now - 40), agreed.note(now - 15)]).toEqual([40, 15])
  expect(agreed.now()).toBe(now)
  const behind = new ServerClock(() => now)
  expect(behind.note(now + 5_000)).toBe(0)
  expect(behind.note(now + 4_970)).toBe(30)
  expect(behind.now()).toBe(now + 5_000)
  const ahead = new ServerClock(() => now)
  ahead.note(now - 60_000)
  now += 1_000
  expect(ahead.note(now - 60_000)).toBe(0)
  expect(ahead.now()).toBe(now - 60_000)
})

it('[CHT84] a rate is that since the last look', () => {
  const rate = new Rate()
  expect([rate.look(500, 1_000), rate.look(700, 1_500), rate.look(700, 2_500)]).toEqual([0, 400, 0])
})

it('[CHT80] lines are left out by level, by node and by what is looked for', () => {
  const line = (level: 'debug' | 'info' | 'warn' | 'error', node: string, text: string) => ({
    at: 0,
    level,
    node,
    text,
    count: 1,
    id: text,
  })
  const lines = [
    line('debug', 'a', 'one'),
    line('info', 'b', 'two'),
    line('error', 'a', 'THREE'),
    line('warn', 'b', 'four'),
  ]
  const texts = (filter: Partial<Parameters<typeof filterLines>[1]>) =>
    filterLines(lines, { level: 'debug', find: '', hidden: [], ...filter }).map(({ text }) => text)
  expect(texts({})).toEqual(['one', 'two', 'THREE', 'four'])
  expect(texts({ level: 'warn' })).toEqual(['THREE', 'four'])
  expect(texts({ hidden: ['b'] })).toEqual(['one', 'THREE'])
  expect(texts({ find: ' three' })).toEqual(['THREE'])
})
