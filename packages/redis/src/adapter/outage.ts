import { messageOf } from '../command-fault.ts'

/** Tells of the first of many failures that have one reason. */
export class Outage {
  readonly #report: (error: unknown) => void
  #isTold = false

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  tell(reason: unknown): void {
    if (this.#isTold) return
    this.#isTold = true
    const text = `server.io does not reach all nodes (${messageOf(reason)}); what it sends meanwhile is lost, check Redis`
    this.#report(new Error(text, { cause: reason }))
  }

  end(): void {
    this.#isTold = false
  }
}
