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
/** Between looks whether somebody watches, ms. */
const lookMs = 100
const tellMs = 1_000
/** Of as many symbols about 800 samples are missing after a day. */
const filledAtOnce = 2
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

/** Simulates the market until the signal, while somebody watches: fills in what nobody simulated, then goes on with the time. */
export async function runMarket(parts: MarketParts, context: SingletonContext): Promise<void> {
  try {
    await new Market(parts, context).run()
  } catch (error) {
    // One that is being stopped has no faults: its store may be closed.
    if (!context.signal.aborted) throw error
  }
}

class Market {
  readonly #parts: MarketParts
  readonly #context: SingletonContext
  readonly #openingOf: ReturnType<typeof dayOpening>
  /** Everything before is appended. */
  #until = 0
  /** How many symbols have no hole any more, in their order. */
  #filled = 0

  constructor(parts: MarketParts, context: SingletonContext) {
    this.#parts = parts
    this.#context = context
    this.#openingOf = dayOpening(parts.seed)
  }

  async run(): Promise<void> {
    const { seed, readSimulation, isWatched, say } = this.#parts
    const last = await readSimulation()
    if (last?.seed === seed) this.#until = last.at
    say(last ? `takes the market over from ${last.node}` : 'begins to simulate the market')
    while (this.#isMine()) {
      await this.#tell('idle')
      while (this.#isMine() && !isWatched()) await rest(lookMs, this.#context.signal)
      this.#filled = 0
      await Promise.all([this.#fillIn(), this.#goOn()])
    }
  }

  #isMine(): boolean {
    return !this.#context.signal.aborted && this.#context.isHeld()
  }

  async #tell(stage: 'idle' | 'filling' | 'running'): Promise<void> {
    const { seed, node, rate, tell } = this.#parts
    if (!this.#isMine()) return
    const stages = { isRunning: stage === 'running', isIdle: stage === 'idle' }
    await tell({ seed, node, rate: rate(), at: this.#until, ...stages })
  }

  /** A few symbols at a time, so that those who look at the first ones do not wait for the last. */
  async #fillIn(): Promise<void> {
    const { now, backMs, onError } = this.#parts
    while (this.#filled < symbols.length && this.#isMine()) {
      const next = symbols.slice(this.#filled, this.#filled + filledAtOnce)
      const times = fillTimes(this.#until, now(), backMs)
      try {
        await Promise.all(next.flatMap((_, index) => times.map((at) => this.#append(this.#filled + index, at))))
        this.#filled += next.length
        await nextTurn() // others shall have their turns
      } catch (error) {
        if (!this.#context.signal.aborted) onError(error)
        await rest(retryMs, this.#context.signal)
      }
    }
  }

  /** Until nobody watches any more. */
  async #goOn(): Promise<void> {
    const { now, rate, isWatched, lingerMs, onError } = this.#parts
    const { signal } = this.#context
    const due = new UpdatesDue(symbols.length, now())
    let watchedAt = now()
    let told = { at: 0, rate: 0 }
    while (this.#isMine()) {
      const beganAt = now()
      if (isWatched()) watchedAt = beganAt
      else if (Math.abs(beganAt - watchedAt) > lingerMs) return
      try {
        const isRunning = this.#filled === symbols.length
        await Promise.all(due.take(beganAt, rate()).map(({ symbol, at }) => this.#update(symbol, at)))
        if (isRunning) this.#until = Math.max(this.#until, beganAt)
        if (Math.abs(beganAt - told.at) >= tellMs || told.rate !== rate()) {
          told = { at: beganAt, rate: rate() }
          await this.#tell(isRunning ? 'running' : 'filling')
        }
      } catch (error) {
        if (signal.aborted) return
        onError(error)
        await rest(retryMs, signal)
      }
      await rest(Math.min(batchMs, Math.max(1, batchMs - (now() - beganAt))), signal)
    }
  }

  async #update(index: number, at: number): Promise<void> {
    const symbol = symbols[index] ?? ''
    const price = priceAt(this.#parts.seed, index, at)
    const change = price / this.#openingOf(index, at) - 1
    const quoted = this.#parts.quote({ symbol, price, change, at })
    // An append before older ones would make those impossible.
    await (index < this.#filled ? Promise.all([quoted, this.#append(index, at, price)]) : quoted)
  }

  async #append(index: number, at: number, price = priceAt(this.#parts.seed, index, at)): Promise<void> {
    await unlessKnown(this.#parts.append(symbols[index] ?? '', at, price))
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
