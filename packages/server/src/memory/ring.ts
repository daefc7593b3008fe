/** A queue with access by index. Pushing and dropping at either end take constant time; its array doubles as it fills. */
export class Ring<T> {
  /** Nothing until the first push. */
  #slots: (T | undefined)[] = []
  #head = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  /** @param index 0 is the oldest. Out of range: undefined. */
  at(index: number): T | undefined {
    if (index < 0 || index >= this.#length) return undefined
    return this.#slots[(this.#head + index) & (this.#slots.length - 1)]
  }

  push(value: T): void {
    if (this.#length === this.#slots.length) this.#grow()
    this.#slots[(this.#head + this.#length) & (this.#slots.length - 1)] = value
    this.#length++
  }

  dropOldest(): T | undefined {
    const value = this.at(0)
    if (this.#length === 0) return value
    this.#slots[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#slots.length - 1)
    if (--this.#length === 0) this.#reset()
    return value
  }

  dropNewest(): T | undefined {
    const value = this.at(this.#length - 1)
    if (this.#length === 0) return value
    this.#length--
    this.#slots[(this.#head + this.#length) & (this.#slots.length - 1)] = undefined
    return value
  }

  #grow(): void {
    const slots = emptySlots<T>(Math.max(8, this.#slots.length * 2))
    for (let index = 0; index < this.#length; index++) slots[index] = this.at(index)
    this.#slots = slots
    this.#head = 0
  }

  /** An array that was long once does not stay long for an empty queue. */
  #reset(): void {
    this.#head = 0
    if (this.#slots.length > 1_024) this.#slots = []
  }
}

/** Lengths are powers of two, so that an index wraps with a mask. */
function emptySlots<T>(length: number): (T | undefined)[] {
  return Array.from<T | undefined>({ length })
}
