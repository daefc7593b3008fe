/** What arrives, in order; tests take what they wait for, and look at everything at the end. */
export class Inbox<T> {
  readonly all: T[] = []
  readonly #waiting = new Map<(item: T) => boolean, (item: T) => void>()

  push(item: T): void {
    this.all.push(item)
    for (const [matches, resolve] of this.#waiting) {
      if (!matches(item)) continue
      this.#waiting.delete(matches)
      resolve(item)
    }
  }

  /** The first item that matches, whether it is there already or comes later. The test's timeout is the deadline. */
  find(matches: (item: T) => boolean): Promise<T> {
    const found = this.all.find(matches)
    if (found !== undefined) return Promise.resolve(found)
    return new Promise((resolve) => this.#waiting.set((item) => matches(item), resolve))
  }

  /** Resolves once `count` items match. */
  async count(count: number, matches: (item: T) => boolean): Promise<T[]> {
    await this.find(() => this.all.filter(matches).length >= count)
    return this.all.filter(matches)
  }
}
