import { setTimeout as pause } from 'node:timers/promises'

/** 20 a second: fast enough that a short loss shows, slow enough to see single events. */
const periodMs = 50
/** After a fault of the store. */
const retryMs = 500

export interface TickerOptions {
  /** Whether anybody is there to hear it; asked before every tick. */
  readonly isHeard: () => boolean
  /** The newest number in the log; 0 where there is none. */
  readonly readLast: () => Promise<number>
  /** Idempotent: the same number may come again after a fault. */
  readonly publish: (n: number) => Promise<unknown>
  readonly onError: (error: unknown) => void
}

/** Publishes 1, 2, 3.. as long as somebody hears it, whatever fails meanwhile. */
export class Ticker {
  readonly #options: TickerOptions
  #isRunning = false

  constructor(options: TickerOptions) {
    this.#options = options
  }

  start(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    void this.#run()
  }

  async #run(): Promise<void> {
    const { isHeard, readLast, publish, onError } = this.#options
    let next: number | undefined
    while (isHeard()) {
      const beganAt = performance.now()
      let untilNextMs = periodMs
      try {
        next ??= (await readLast()) + 1
        await publish(next)
        next += 1
      } catch (error) {
        // Whether it was stored is in the log, as soon as that can be read. A closing server is no fault.
        next = undefined
        untilNextMs = retryMs
        if (isHeard()) onError(error)
      }
      await pause(untilNextMs - (performance.now() - beganAt), undefined, { ref: false })
    }
    this.#isRunning = false
  }
}
