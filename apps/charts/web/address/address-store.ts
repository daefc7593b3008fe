import { formatAddress, parseAddress, type ChartAddress } from './chart-address.ts'

/** Browsers refuse many changes of the address at once, and a drag makes hundreds, ms. */
const writeAfterMs = 250

/** The view as the address says it, and the address as the view says it. */
export class AddressStore {
  #address: ChartAddress
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
    this.#address = parseAddress(location.hash.slice(1), now())
    addEventListener('hashchange', this.#read)
  }

  readonly get = (): ChartAddress => this.#address

  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Another view: the way back leads to this one. */
  go(change: Partial<ChartAddress>): void {
    this.write()
    this.#set(change)
    history.pushState(null, '', `#${formatAddress(this.#address)}`)
  }

  /** The same view, a bit different: no step of the way back. */
  adjust(change: Partial<ChartAddress>): void {
    this.#set(change)
    this.#timer ??= setTimeout(this.write, writeAfterMs)
  }

  /** Writes what was adjusted, so that the address can be copied. */
  readonly write = (): void => {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    history.replaceState(null, '', `#${formatAddress(this.#address)}`)
  }

  close(): void {
    this.write()
    removeEventListener('hashchange', this.#read)
  }

  readonly #read = (): void => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#set(parseAddress(location.hash.slice(1), this.#now()))
  }

  #set(change: Partial<ChartAddress>): void {
    this.#address = { ...this.#address, ...change }
    for (const listener of this.#listeners) listener()
  }
}
