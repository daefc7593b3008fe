import { isPromise, type Maybe } from '../maybe.ts'

/** Runs tasks one after another; a task that finds the queue empty runs at once. Tasks never throw. */
export class SerialQueue {
  #isBusy = false
  readonly #waiting: (() => void)[] = []

  run<T>(task: () => Maybe<T>): Maybe<T> {
    if (!this.#isBusy) return this.#start(task)
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        const result = this.#start(task)
        if (isPromise(result)) result.then(resolve, reject)
        else resolve(result)
      })
    })
  }

  #start<T>(task: () => Maybe<T>): Maybe<T> {
    this.#isBusy = true
    const result = task()
    if (isPromise(result)) return result.finally(() => this.#next())
    this.#next()
    return result
  }

  #next(): void {
    this.#isBusy = false
    this.#waiting.shift()?.()
  }
}
