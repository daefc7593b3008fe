import type { RoomClient } from '@millrace/client'
import type { EventOutput } from '@millrace/contract'
import type { charts } from '../../contract.ts'
import type { Received } from '../cost/received.ts'

export type MarketRoom = (typeof charts)['rooms']['market']
export type Quote = EventOutput<MarketRoom['events']['quote']>

/** The newest quote of each symbol, and which ones changed since they were drawn. No React: there are thousands a second. */
export class QuoteBook {
  readonly #room: RoomClient<MarketRoom>
  readonly #received: Received
  readonly #listeners = new Set<(quote: Quote) => void>()

  constructor(room: RoomClient<MarketRoom>, received: Received) {
    this.#room = room
    this.#received = received
  }

  /** Listens to the room. @returns What ends that. */
  open(): () => void {
    return this.#room.on('quote', (quote) => {
      this.#received.note(quote.at, performance.now())
      for (const listener of this.#listeners) listener(quote)
    })
  }

  get(symbol: string): Quote | undefined {
    return this.#room.state('quote').get(symbol)
  }

  /** Of any symbol, as it comes. */
  readonly on = (listener: (quote: Quote) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
