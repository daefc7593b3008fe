import { fail, type Clock } from '@millrace/contract'
import type { OpenOutboxStore, OutboxStore, StoredRequest, StoreEvents } from './outbox-store.ts'
import { within } from './within.ts'

/** For a store to do one thing, ms. */
const deadlineMs = 5_000

/** The store of an outbox. It never rejects: what the store cannot keep is reported, once until it can again. */
export class Shelf {
  readonly #clock: Clock
  readonly #report: (error: unknown) => void
  readonly #store: Promise<OpenOutboxStore>
  #last: Promise<void>
  #isFaulty = false

  constructor(store: OutboxStore, scope: string, events: StoreEvents, clock: Clock) {
    this.#clock = clock
    this.#report = (error) => events.fault(error)
    this.#store = Promise.resolve().then(() => store.open(scope, events))
    this.#last = this.#run(async () => {})
  }

  /** Resolves when everything that was put or removed so far is done, or was reported. */
  settled(): Promise<void> {
    return this.#last
  }

  put(request: StoredRequest): Promise<void> {
    return this.#run((store) => store.put(request))
  }

  remove(key: string): Promise<void> {
    return this.#run((store) => store.remove(key))
  }

  close(): Promise<void> {
    return this.#run((store) => store.close())
  }

  #run(use: (store: OpenOutboxStore) => Promise<void>): Promise<void> {
    this.#last = this.#attempt(use)
    return this.#last
  }

  async #attempt(use: (store: OpenOutboxStore) => Promise<void>): Promise<void> {
    try {
      await within(this.#clock, deadlineMs, 'the store of the outbox', this.#store.then(use))
      this.#isFaulty = false
    } catch (cause) {
      if (!this.#isFaulty) this.#report(fail('UNAVAILABLE', `requests are not kept: ${advice(cause)}`, { cause }))
      this.#isFaulty = true
    }
  }
}

function advice(cause: unknown): string {
  const why = cause instanceof Error ? cause.message : String(cause)
  return `${why}; they are sent all the same, and lost if the page ends first`
}
