import { levels } from '../../contract.ts'
import type { Threshold } from '../alert/threshold.ts'
import { chosen, liveWindow, windowChoices, type TimeWindow } from '../time/time-window.ts'

export const tabs = ['machines', 'market', 'log'] as const
export type Tab = (typeof tabs)[number]
export type LogLevel = (typeof levels)[number]

/** Everything that a shared address says of the view. */
export interface ChartAddress {
  readonly tab: Tab
  /** Of the market; undefined: none is chosen. */
  readonly symbol: string | undefined
  /** The one machine chart that is shown large. */
  readonly large: string | undefined
  readonly window: TimeWindow
  readonly isCandles: boolean
  /** By what is measured: `cpu`, `price`. */
  readonly alerts: Readonly<Record<string, Threshold>>
  /** Nodes that are not shown. */
  readonly hidden: readonly string[]
  /** Lines below this level are not shown. */
  readonly level: LogLevel
  /** What is looked for in lines. */
  readonly find: string
}

/** What is shown where the address says nothing, ms. */
const firstLastMs = 300_000

export const firstAddress: ChartAddress = {
  tab: 'machines',
  symbol: undefined,
  large: undefined,
  window: { kind: 'live', lastMs: firstLastMs },
  isCandles: false,
  alerts: {},
  hidden: [],
  level: 'info',
  find: '',
}

/** What stands behind `#`: `market/ALA?last=15m&candles&alert=price:above:120`. Defaults are left out. */
export function formatAddress(address: ChartAddress): string {
  const { tab, symbol, large, window, isCandles, alerts, hidden, level, find } = address
  const path = tab === 'market' && symbol !== undefined ? `${tab}/${encodeURIComponent(symbol)}` : tab
  const parts: string[] = []
  if (window.kind === 'still') parts.push(`from=${window.from}`, `to=${window.to}`)
  else if (window.lastMs !== firstLastMs) parts.push(`last=${formatLength(window.lastMs)}`)
  if (tab === 'market' && isCandles) parts.push('candles')
  if (tab === 'machines' && large !== undefined) parts.push(`large=${encodeURIComponent(large)}`)
  for (const [what, { side, value }] of Object.entries(alerts)) {
    const isShown = (what === 'price') === (tab === 'market')
    if (isShown && tab !== 'log') parts.push(`alert=${encodeURIComponent(what)}:${side}:${encodeURIComponent(value)}`)
  }
  if (tab !== 'market' && hidden.length > 0) parts.push(`hide=${hidden.map(encodeURIComponent).join(',')}`)
  if (tab === 'log' && level !== firstAddress.level) parts.push(`level=${level}`)
  if (tab === 'log' && find !== '') parts.push(`find=${encodeURIComponent(find)}`)
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path
}

/** Whatever somebody typed: what makes no sense is left at its default. @param now ms since 1970. */
export function parseAddress(hash: string, now: number): ChartAddress {
  const [path = '', query = ''] = hash.split('?', 2)
  const [name, symbol] = path.split('/', 2)
  const given = new URLSearchParams(query)
  const tab = tabs.find((each) => each === name) ?? firstAddress.tab
  return {
    tab,
    symbol: tab === 'market' && symbol ? decode(symbol).slice(0, 64) : undefined,
    large: given.get('large')?.slice(0, 64) ?? undefined,
    window: parseWindow(given, now),
    isCandles: given.has('candles'),
    alerts: Object.fromEntries(given.getAll('alert').slice(0, 20).flatMap(parseAlert)),
    hidden: (given.get('hide')?.split(',') ?? []).filter(Boolean).slice(0, 200),
    level: levels.find((each) => each === given.get('level')) ?? firstAddress.level,
    find: (given.get('find') ?? '').slice(0, 200),
  }
}

function parseWindow(given: URLSearchParams, now: number): TimeWindow {
  const [from, to] = [Number(given.get('from') ?? NaN), Number(given.get('to') ?? NaN)]
  if (from < to && Number.isFinite(to - from)) return chosen({ from, to }, now)
  const last = given.get('last') ?? ''
  const lastMs = windowChoices.find(({ name }) => name === last)?.ms ?? Number(/^(\d{1,6})s$/.exec(last)?.[1]) * 1_000
  return Number.isFinite(lastMs) ? liveWindow(lastMs) : firstAddress.window
}

function formatLength(ms: number): string {
  return windowChoices.find((each) => each.ms === ms)?.name ?? `${Math.round(ms / 1_000)}s`
}

function parseAlert(text: string): [what: string, threshold: Threshold][] {
  const [what, side, value] = text.split(':')
  const isWhole = what && (side === 'above' || side === 'below') && value && Number.isFinite(Number(value))
  return isWhole ? [[what, { side, value: Number(value) }]] : []
}

/** A text that is no escaped one stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
