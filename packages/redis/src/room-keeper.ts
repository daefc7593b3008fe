import type { Cancel, Clock } from '@millrace/contract'

/** Of the 30 days for which an empty room is remembered. */
const touchMs = 86_400_000

/** Tells Redis once a day which rooms somebody listens to, so that they are not forgotten. */
export class RoomKeeper {
  readonly #clock: Clock
  readonly #touch: () => Promise<void>
  readonly #onError: (error: unknown) => void
  #cancel: Cancel | undefined

  constructor(clock: Clock, touch: () => Promise<void>, onError: (error: unknown) => void) {
    this.#clock = clock
    this.#touch = touch
    this.#onError = onError
    this.#later()
  }

  close(): void {
    this.#cancel?.()
  }

  #later(): void {
    this.#cancel = this.#clock.after(touchMs, () => {
      this.#later()
      this.#touch().catch(this.#onError)
    })
  }
}
