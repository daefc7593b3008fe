import { manualClock, type ManualClock } from '../manual-clock.ts'
import { Outstanding } from './tracked-store.ts'

/** Time of a pair: nothing happens but what a test lets happen, and a test can wait until nothing more would. */
export class Stage {
  readonly clock: ManualClock
  readonly outstanding = new Outstanding()
  #deferred: (() => void)[] = []

  constructor() {
    this.clock = manualClock({ defer: (run) => void this.#deferred.push(run) })
  }

  /**
   * Ends the tick: lets promises, answers of the store and deferred work run, what they lead to included, until nothing
   * is left to do without a packet or time.
   */
  async settle(): Promise<void> {
    do {
      await this.runPromises()
      this.endTick()
    } while (await this.#isBusy())
  }

  /** Everything that waits for a promise, and nothing that is deferred to the end of the tick. */
  async runPromises(): Promise<void> {
    await microtasks()
    while (this.outstanding.count > 0) {
      await this.outstanding.idle()
      await microtasks()
    }
  }

  /** Runs what is deferred to the end of this tick; what that defers in turn belongs to the next. */
  endTick(): void {
    const runs = this.#deferred
    this.#deferred = []
    for (const run of runs) run()
  }

  /** Lets time pass, timer by timer; everything that each one leads to is done before the next. */
  async advance(ms: number, afterEach: () => Promise<void> = () => this.settle()): Promise<void> {
    await afterEach()
    const untilMs = this.clock.monotonic() + ms
    for (;;) {
      const leftMs = untilMs - this.clock.monotonic()
      const nextMs = this.clock.untilNextMs
      if (nextMs === undefined || nextMs > leftMs) {
        this.clock.advance(leftMs)
        return
      }
      this.clock.advance(nextMs)
      await afterEach()
    }
  }

  async #isBusy(): Promise<boolean> {
    await microtasks()
    return this.#deferred.length > 0 || this.outstanding.count > 0
  }
}

/** Node runs every promise that can go on before the next immediate. */
function microtasks(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}
