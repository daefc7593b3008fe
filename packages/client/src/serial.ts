export type Task = () => void | Promise<void>

/** Runs tasks one after the other. While none of them is a promise, each runs in its caller's turn. */
export class Serial {
  readonly #report: (error: unknown) => void
  #waiting: Task[] = []
  #isBusy = false
  #isStopped = false

  constructor(report: (error: unknown) => void) {
    this.#report = report
  }

  run(task: Task): void {
    if (this.#isStopped) return
    this.#waiting.push(task)
    if (!this.#isBusy) this.#drain()
  }

  /** Runs nothing any more. */
  stop(): void {
    this.#isStopped = true
    this.#waiting = []
  }

  #drain(): void {
    this.#isBusy = true
    for (let task = this.#waiting.shift(); task; task = this.#waiting.shift()) {
      const promise = this.#start(task)
      if (promise) {
        promise.catch(this.#report).then(() => this.#drain(), this.#report)
        return
      }
    }
    this.#isBusy = false
  }

  #start(task: Task): void | Promise<void> {
    try {
      return task()
    } catch (thrown) {
      this.#report(thrown)
    }
  }
}
