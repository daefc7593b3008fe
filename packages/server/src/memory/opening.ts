import { fail, type Clock, type Random } from '@millrace/contract'
import type { Subscription } from '../ports/event-log.ts'
import type { Fanouts } from './fanouts.ts'

/** Time and chance of the data. Replaced when a node opens data that no other node has open. */
export interface Surroundings {
  clock: Clock
  random: Random
}

/** One node's opening of the shared data. Closing it ends the node's subscriptions, as the death of a process would. */
export class Opening {
  readonly #onError: (error: unknown) => void
  readonly #ends = new Set<() => void>()
  #isOpen = true

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  assertOpen(): void {
    if (!this.#isOpen) throw fail('UNAVAILABLE', 'this store is closed; open it again')
  }

  /** `receive` hears nothing after its subscription was closed; what it throws goes to `onError`. */
  subscribe<Message>(fanouts: Fanouts<Message>, subject: string, receive: (message: Message) => void): Subscription {
    this.assertOpen()
    let isListening = true
    const remove = fanouts.add(subject, (message) => {
      if (!isListening) return
      try {
        receive(message)
      } catch (error) {
        this.#onError(error)
      }
    })
    const end = (): void => {
      isListening = false
      this.#ends.delete(end)
      remove()
    }
    this.#ends.add(end)
    return { close: () => Promise.resolve(end()) }
  }

  close(): void {
    this.#isOpen = false
    for (const end of this.#ends) end()
  }
}
