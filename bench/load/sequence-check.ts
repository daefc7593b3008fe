/**
 * Follows the sequence numbers that one client receives. It is what makes a fast but leaky server fail instead of win.
 */
export class SequenceCheck {
  #last = 0

  /** How many were received. */
  get count(): number {
    return this.#last
  }

  /** Returns what is wrong with `seq`, or undefined where it is the next one. */
  next(seq: number): string | undefined {
    const expected = this.#last + 1
    if (seq === expected) {
      this.#last = seq
      return undefined
    }
    if (seq < expected) return `delivery ${seq} came again after ${this.#last}`
    return `delivery ${seq} came where ${expected} was next: ${seq - expected} missing`
  }
}
