import type { Parsed } from '@millrace/contract'
import { whenParsed } from './check-input.ts'
import { Serial } from './serial.ts'

/** What arrives in a room, one after the other, even where a schema takes its time. */
export class Arrivals {
  readonly #report: (error: unknown) => void
  #serial: Serial

  constructor(report: (error: unknown) => void) {
    this.#report = report
    this.#serial = new Serial(report)
  }

  /** Parses when it is its turn and hands the result to `use`; what comes later waits for both. */
  take<T>(parseIt: () => Parsed<T> | Promise<Parsed<T>>, use: (parsed: Parsed<T>) => void): void {
    const serial = this.#serial
    serial.run(() =>
      whenParsed(parseIt(), (parsed) => {
        if (serial === this.#serial) use(parsed)
      }),
    )
  }

  run(task: () => void): void {
    this.#serial.run(task)
  }

  /** What comes later waits for it. */
  wait(promise: () => Promise<void>): void {
    this.#serial.run(promise)
  }

  /** Forgets what has not been handed out. */
  drop(): void {
    this.#serial.stop()
    this.#serial = new Serial(this.#report)
  }
}
