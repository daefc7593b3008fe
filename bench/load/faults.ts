/** Remembers the first fault of a run and ends whatever waits. */
export class Faults {
  readonly #raised: Promise<never>
  #raise: (fault: Error) => void = () => {}

  constructor() {
    this.#raised = new Promise((_, reject) => {
      this.#raise = reject
    })
    this.#raised.catch(() => {}) // a fault between two runs is met by the next one
  }

  raise(reason: string): void {
    this.#raise(new Error(reason))
  }

  /** The result of `work`, unless a fault was raised or `deadlineMs` is over. */
  async guard<T>(work: Promise<T>, deadlineMs: number, late: () => string): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(late())), deadlineMs)
    })
    try {
      return await Promise.race([this.#raised, deadline, work])
    } finally {
      clearTimeout(timer)
    }
  }
}
