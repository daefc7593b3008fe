import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstAddress, formatAddress, parseAddress, type ChartAddress } from '../web/address/chart-address.ts'
import { levels } from '../contract.ts'
import { chosen, liveWindow } from '../web/time/time-window.ts'

const now = Date.UTC(2026, 10, 20, 12)
const word = fc.string({ minLength: 1, maxLength: 20 })
const window = fc.oneof(
  fc.integer({ min: 10, max: 86_400 }).map((seconds) => liveWindow(seconds * 1_000)),
  fc
    .tuple(fc.integer({ min: 60_000, max: 43_200_000 }), fc.integer({ min: 10_000, max: 43_200_000 }))
    .map(([ago, length]) => chosen({ from: now - ago - length, to: now - ago }, now)),
)
const threshold = fc.record({
  side: fc.constantFrom('above' as const, 'below' as const),
  value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
})

it('[CHT61] the address holds the whole view: what was written is read again', () => {
  const any = fc.record({
    window,
    isCandles: fc.boolean(),
    symbol: word,
    large: fc.constantFrom(undefined, 'cpu', 'memory'),
    alert: threshold,
    hidden: fc.uniqueArray(fc.stringMatching(/^[\w.:-]{1,20}$/), { maxLength: 4 }),
    level: fc.constantFrom(...levels),
    find: fc.string({ maxLength: 40 }),
  })
  fc.assert(
    fc.property(any, ({ symbol, large, alert, hidden, level, find, isCandles, ...rest }) => {
      const views: ChartAddress[] = [
        { ...firstAddress, ...rest, tab: 'machines', large, alerts: { cpu: alert, memory: alert }, hidden },
        { ...firstAddress, ...rest, tab: 'market', symbol, isCandles, alerts: { price: alert } },
        { ...firstAddress, ...rest, tab: 'log', hidden, level, find },
      ]
      for (const view of views) expect(parseAddress(formatAddress(view), now)).toEqual(view)
    }),
  )
})

it('[CHT61] what makes no sense in an address is left at its default, and nothing throws', () => {
  const senseless = 'machines?last=0s&from=x&to=9&alert=cpu:over:1&alert=cpu:above:&level=loud&large=&hide=,,'
  expect(parseAddress(senseless, now)).toEqual({ ...firstAddress, large: '', window: liveWindow(0) })
  fc.assert(fc.property(fc.string(), (text) => void parseAddress(text, now)))
  fc.assert(
    fc.property(fc.string(), (text) => void parseAddress(`market/${text}?from=${text}&alert=${text}:above:1`, now)),
  )
})

it('[CHT61] says only what is not the default, in words', () => {
  expect(formatAddress(firstAddress)).toBe('machines')
  const view: ChartAddress = {
    ...firstAddress,
    tab: 'market',
    symbol: 'ALA',
    window: liveWindow(900_000),
    isCandles: true,
    alerts: { price: { side: 'below', value: 99.5 } },
  }
  expect(formatAddress(view)).toBe('market/ALA?last=15m&candles&alert=price:below:99.5')
})
