import type { Clock } from '@millrace/contract'

/** Pages of 32 kB: about a millisecond of writing. */
const perTurn = 16

/** Spreads work without end over turns of the event loop, so that whatever else there is gets its time between them. */
export class Turns {
  readonly #clock: Pick<Clock, 'defer'>
  #waiting: (() => void)[] = []
  #isClosed = false

  constructor(clock: Pick<Clock, 'defer'>) {
    this.#clock = clock
  }

  /** Resolves in a later turn, in the order of the calls, a few in each; never once it is closed. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) this.#due()
    })
  }

  /** What waits goes on no more: what it would read or write is closed, too. */
  close(): void {
    this.#isClosed = true
  }

  #due(): void {
    this.#clock.defer(() => {
      if (this.#isClosed) return
      for (const resolve of this.#waiting.splice(0, perTurn)) resolve()
      if (this.#waiting.length > 0) this.#due()
    })
  }
}
