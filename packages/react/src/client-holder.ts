import type { Client } from '@millrace/client'

/** A client that belongs to one mounted provider: made when it is first asked for, closed after the provider is gone. */
export class ClientHolder {
  readonly #make: () => Client
  #client: Client | undefined
  #holders = 0

  constructor(make: () => Client) {
    this.#make = make
  }

  /** What was hidden for a while has lost its client, and comes back with another one. */
  readonly get = (): Client => {
    this.#client ??= this.#make()
    return this.#client
  }

  /** StrictMode and fast refresh let go and take hold again in one turn, so that the client is closed a microtask later. */
  readonly hold = (): (() => void) => {
    this.#holders += 1
    return () => {
      this.#holders -= 1
      queueMicrotask(() => {
        if (this.#holders > 0) return
        void this.#client?.close()
        this.#client = undefined
      })
    }
  }
}
