import type { Parsed } from '@millrace/contract'
import { whenParsed } from './check-input.ts'

type Task = () => void | Promise<void>

/** Runs tasks one after the other. While none of them is a promise, each runs in its caller's turn. */
export class Serial {
  readonly #report: (error: unknown) => void
  #waiting: Task[] = []
  #isBusy = false
  /** Counts calls of `drop`. */
  #era = 0

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  run(task: Task): void {
    this.#waiting.push(task)
    if (!this.#isBusy) this.#drain()
  }

  /** Parses when it is its turn; what comes later waits, even where the schema takes its time. */
  take<T>(parseIt: () => Parsed<T> | Promise<Parsed<T>>, use: (parsed: Parsed<T>) => void): void {
    const era = this.#era
    this.run(() =>
      whenParsed(parseIt(), (parsed) => {
        if (era === this.#era) use(parsed)
      }),
    )
  }

  /** Forgets what waits, and the result of what is being parsed. */
  drop(): void {
    this.#era += 1
    this.#waiting = []
  }

  #drain(): void {
    this.#isBusy = true
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      try {
        const promise = task()
        if (promise) return void promise.catch(this.#report).then(() => this.#drain())
      } catch (thrown) {
        this.#report(thrown)
      }
    }
    this.#isBusy = false
  }
}
