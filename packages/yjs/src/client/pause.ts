import type { Cancel, Clock } from '@millrace/contract'

/** A pause that may be cut short. */
export class Pause {
  readonly #clock: Clock
  #end: (() => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** One at a time. */
  async wait(ms: number): Promise<void> {
    let cancel: Cancel | undefined
    await new Promise<void>((resolve) => {
      this.#end = resolve
      cancel = this.#clock.after(ms, resolve)
    })
    cancel?.()
    this.#end = undefined
  }

  cut(): void {
    this.#end?.()
  }
}
