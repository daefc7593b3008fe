/** Clocks of one client as ranges: from (included) and to (excluded) in turn, ascending, none over another. */
export class Ranges {
  readonly #joins: boolean
  #bounds: number[]
  /** Given from outside: copied before it is changed. */
  #isShared = true

  /** @param joins Whether ranges that touch become one. */
  constructor(joins: boolean, bounds: readonly number[] = []) {
    this.#joins = joins
    this.#bounds = bounds as number[]
  }

  get bounds(): readonly number[] {
    return this.#bounds
  }

  /** The range in which `clock` is. */
  find(clock: number): readonly [from: number, to: number] | undefined {
    const at = this.#before(clock)
    const [from, to] = [this.#bounds[at], this.#bounds[at + 1]]
    return from !== undefined && to !== undefined && clock < to ? [from, to] : undefined
  }

  /** What is new stands at the end, or is there already. */
  add(from: number, to: number): void {
    const bounds = this.#own()
    const last = bounds.at(-1)
    if (last === undefined || from > last || (from === last && !this.#joins)) bounds.push(from, to)
    else if (from === last) bounds[bounds.length - 1] = to
  }

  /** Removes the ranges that lie within `from` to `to`. */
  removeWithin(from: number, to: number): void {
    let first = this.#before(from)
    if (first < 0 || (this.#bounds[first] as number) < from) first += 2
    let end = first
    while ((this.#bounds[end + 1] ?? Infinity) <= to) end += 2
    this.#own().splice(first, end - first)
  }

  #own(): number[] {
    if (this.#isShared) this.#bounds = [...this.#bounds]
    this.#isShared = false
    return this.#bounds
  }

  /** Index of the last range that begins at or before `clock`; -2 where there is none. */
  #before(clock: number): number {
    let from = -1
    let to = this.#bounds.length / 2 - 1
    while (from < to) {
      const middle = (from + to + 1) >> 1
      if ((this.#bounds[middle * 2] as number) <= clock) from = middle
      else to = middle - 1
    }
    return from * 2
  }
}
