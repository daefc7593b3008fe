import type { Client } from '@millrace/client'
import type { ServerClock } from './server-clock.ts'

/** Since when the connection is lost, so that charts can be honest about it. */
export class Absence {
  #since: number | undefined
  readonly #listeners = new Set<() => void>()
  readonly #off: () => void

  constructor(client: Client, clock: ServerClock) {
    let was = client.state.state
    this.#off = client.onState(({ state }) => {
      if (was === 'connected' && state !== 'connected') this.#since = clock.now()
      else if (state === 'connected') this.#since = undefined
      was = state
      for (const listener of this.#listeners) listener()
    })
  }

  /** Ms since 1970; undefined while there is a connection, and before the first. */
  get since(): number | undefined {
    return this.#since
  }

  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    this.#off()
    this.#listeners.clear()
  }
}
