/** A queue whose oldest goes in constant time; an array would move all the others. */
export class Fifo<T> {
  #values: (T | undefined)[] = []
  #head = 0

  get size(): number {
    return this.#values.length - this.#head
  }

  get oldest(): T | undefined {
    return this.#values[this.#head]
  }

  push(value: T): void {
    this.#values.push(value)
  }

  /** Forgets the oldest. */
  shift(): void {
    if (this.size === 0) return
    this.#values[this.#head++] = undefined
    if (this.#head * 2 < this.#values.length) return
    this.#values = this.#values.slice(this.#head)
    this.#head = 0
  }

  clear(): void {
    this.#values = []
    this.#head = 0
  }
}
