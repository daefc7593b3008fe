import { isPromise, type Maybe } from '../maybe.ts'

/** Runs tasks one after another; a task that finds the queue empty runs at once. What a task throws is its caller's. */
export class SerialQueue {
  #isBusy = false
  #isClosed = false
  readonly #waiting: (() => void)[] = []

  /** Asked by tasks that must not run once it is closed. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  close(): void {
    this.#isClosed = true
  }

  run<T>(task: () => Maybe<T>): Maybe<T> {
    if (this.#isBusy) return this.#wait(task)
    try {
      return this.#start(task)
    } finally {
      this.#runWaiting()
    }
  }

  #wait<T>(task: () => Maybe<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(this.#start(task))
        } catch (error) {
          reject(error as Error)
        }
      })
    })
  }

  #start<T>(task: () => Maybe<T>): Maybe<T> {
    this.#isBusy = true
    let result: Maybe<T> | undefined
    try {
      result = task()
      return isPromise(result) ? result.finally(() => this.#end()) : result
    } finally {
      if (!isPromise(result)) this.#isBusy = false
    }
  }

  #end(): void {
    this.#isBusy = false
    this.#runWaiting()
  }

  /** A loop, not a recursion: a thousand tasks may wait that all end at once. */
  #runWaiting(): void {
    while (!this.#isBusy) {
      const start = this.#waiting.shift()
      if (start === undefined) return
      start()
    }
  }
}
