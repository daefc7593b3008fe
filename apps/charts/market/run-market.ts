import { setImmediate as nextTurn } from 'node:timers/promises'
import { MillraceError, type EventInput } from '@millrace/contract'
import type { SingletonContext } from '@millrace/server'
import type { charts } from '../contract.ts'
import { rest } from '../rest.ts'
import { dayOpening } from './day-opening.ts'
import { fillTimes } from './fill-times.ts'
import { priceAt } from './price-at.ts'
import { symbols } from './symbols.ts'
import { UpdatesDue } from './updates-due.ts'

type MarketEvents = typeof charts.rooms.market.events
export type Quote = EventInput<MarketEvents['quote']>
export type Simulation = EventInput<MarketEvents['simulation']>

/** Between two batches of updates, ms. */
const batchMs = 20
/** Where nobody watches: each symbol once in ten seconds. */
const idle = { batchMs: 1_000, perSecond: 30 }
const tellMs = 1_000
/** After a fault of the store. */
const retryMs = 500

export interface MarketParts {
  readonly seed: number
  readonly node: string
  /** Ms since 1970. */
  readonly now: () => number
  readonly rate: () => number
  readonly isWatched: () => boolean
  /** For how long somebody who left still counts. */
  readonly lingerMs: number
  /** How far back it fills in what nobody simulated. */
  readonly backMs: number
  /** What was told last, by whichever node. */
  readonly readSimulation: () => Promise<Simulation | undefined>
  readonly append: (symbol: string, at: number, price: number) => Promise<unknown>
  readonly quote: (quote: Quote) => Promise<unknown>
  readonly tell: (simulation: Simulation) => Promise<unknown>
  readonly say: (text: string) => void
  readonly onError: (error: unknown) => void
}

/** Simulates the market until the signal: fills in what nobody simulated, then goes on with the time. */
export async function runMarket(parts: MarketParts, { signal, isHeld }: SingletonContext): Promise<void> {
  const { seed, node, now, append, quote } = parts
  const last = await parts.readSimulation()
  const tell = (isRunning: boolean, isIdle: boolean, at: number): Promise<unknown> =>
    parts.tell({ seed, rate: parts.rate(), isRunning, isIdle, node, at })
  const from = last?.seed === seed ? last.at : 0
  parts.say(last ? `takes the market over from ${last.node}` : 'begins to simulate the market')
  await tell(false, false, from)

  for (const at of fillTimes(from, now(), parts.backMs)) {
    if (signal.aborted || !isHeld()) return
    await Promise.all(symbols.map((symbol, index) => unlessKnown(append(symbol, at, priceAt(seed, index, at)))))
    await nextTurn() // others shall have their turns
  }

  const openingOf = dayOpening(seed)
  const update = async (index: number, at: number): Promise<void> => {
    const symbol = symbols[index] ?? ''
    const price = priceAt(seed, index, at)
    const change = price / openingOf(index, at) - 1
    await Promise.all([unlessKnown(append(symbol, at, price)), quote({ symbol, price, change, at })])
  }
  const due = new UpdatesDue(symbols.length, now())
  let watchedAt = now()
  let toldAt = 0
  while (!signal.aborted && isHeld()) {
    const beganAt = now()
    if (parts.isWatched()) watchedAt = beganAt
    const isIdle = beganAt - watchedAt > parts.lingerMs
    const perSecond = isIdle ? Math.min(idle.perSecond, parts.rate()) : parts.rate()
    try {
      await Promise.all(due.take(beganAt, perSecond).map(({ symbol, at }) => update(symbol, at)))
      if (Math.abs(beganAt - toldAt) >= tellMs) await tell(true, isIdle, (toldAt = beganAt))
    } catch (error) {
      if (signal.aborted) return
      parts.onError(error)
      await rest(retryMs, signal)
    }
    const restMs = (isIdle ? idle.batchMs : batchMs) - (now() - beganAt)
    await rest(Math.min(idle.batchMs, Math.max(1, restMs)), signal)
  }
}

/** What another node simulated with a clock that was ahead is there already; prices depend on nothing but the time. */
async function unlessKnown(appending: Promise<unknown>): Promise<void> {
  try {
    await appending
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'INVALID_INPUT') throw error
  }
}
