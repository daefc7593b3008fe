import type { AddressStore } from '../address/address-store.ts'
import type { ServerClock } from './server-clock.ts'
import { chosen, isSameWindow, lengthOf, liveWindow, panned, paused, spanOf, zoomed } from './time-window.ts'
import type { Span, TimeWindow } from './time-window.ts'

/** The window of time that all charts of the page share, and what is done to it. */
export class TimeControl {
  readonly #address: AddressStore
  readonly #clock: ServerClock

  constructor(address: AddressStore, clock: ServerClock) {
    this.#address = address
    this.#clock = clock
  }

  get shown(): TimeWindow {
    return this.#address.get().window
  }

  get isLive(): boolean {
    return this.shown.kind === 'live'
  }

  get lengthMs(): number {
    return lengthOf(this.shown)
  }

  now(): number {
    return this.#clock.now()
  }

  span(): Span {
    return spanOf(this.shown, this.now())
  }

  on(listener: () => void): () => void {
    let known = this.shown
    return this.#address.on(() => {
      const { shown } = this
      if (isSameWindow(known, shown)) return
      known = shown
      listener()
    })
  }

  /** @param byMs Above 0: towards now. */
  pan(byMs: number): void {
    this.#set(panned(this.shown, byMs, this.now()))
  }

  /** @param at The time that keeps its place. */
  zoom(factor: number, at: number): void {
    const { from, to } = this.span()
    this.#set(zoomed(this.shown, factor, (at - from) / (to - from), this.now()))
  }

  choose(span: Span): void {
    this.#set(chosen(span, this.now()))
  }

  pause(): void {
    this.#set(paused(this.shown, this.now()))
  }

  /** @param lastMs Default: as much time as now. */
  goLive(lastMs = this.lengthMs): void {
    this.#set(liveWindow(lastMs))
  }

  #set(window: TimeWindow): void {
    if (!isSameWindow(window, this.shown)) this.#address.adjust({ window })
  }
}
