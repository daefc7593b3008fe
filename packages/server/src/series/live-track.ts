import { Bucket } from './bucket.ts'
import { columnOf } from './column-width.ts'
import { firstNotBefore } from './point-list.ts'
import { thin } from './thinner.ts'

/** Numbers of closed columns that are held for members that are behind: 64 columns at least. */
const maxHeld = 512

/** The columns of one track that changed of late, as one group of equal views needs them. */
export class LiveTrack {
  readonly columnMs: number
  /** Index in the answer. */
  readonly index: number
  /** The first column that changed since the last increment; Infinity where none did. */
  changedFrom = Infinity
  /** The open column when samples were lost; NaN where none were. */
  holeFrom = Number.NaN
  /** Columns before it were given up, though a member may lack them. */
  droppedBefore = -Infinity
  #held = new Float64Array()
  #length = 0
  readonly #open = new Bucket()
  #column = -Infinity
  /** From this column on, everything is held. */
  #base = -Infinity
  /** Nothing is known of what the store holds before it. */
  #knownFrom = -Infinity
  #newestAt = -Infinity
  #newestValue = Number.NaN

  constructor(index: number, columnMs: number) {
    this.index = index
    this.columnMs = columnMs
  }

  /** @returns Whether it changed anything: what is older than the newest is known already. */
  add(at: number, value: number): boolean {
    if (at < this.#newestAt || (at === this.#newestAt && value === this.#newestValue)) return false
    this.#take(at, value)
    this.changedFrom = Math.min(this.changedFrom, this.#column)
    return true
  }

  /** The first column that is held, where its beginning may be in the store alone; NaN where it is not. */
  get partialFrom(): number {
    return this.#base !== -Infinity && this.#base < this.#knownFrom ? this.#base : Number.NaN
  }

  /** From now on something may be missing in the open column, and in those after it. */
  markHole(): void {
    const { partialFrom } = this
    if (Number.isNaN(this.holeFrom)) this.holeFrom = Number.isNaN(partialFrom) ? this.#column : partialFrom
  }

  /**
   * The open column of what the store answered first; earlier ones cannot change.
   *
   * @param from The beginning of the answer; of columns before it nothing is known.
   */
  begin(points: Float64Array, from: number): void {
    const newest = points[points.length - 2]
    if (newest !== undefined) {
      const column = columnOf(newest, this.columnMs)
      this.load(points.subarray(firstNotBefore(points, points.length, column)), column)
    }
    this.#knownFrom = this.#base >= from ? -Infinity : from
  }

  /** Whether an answer that begins there knows more than the earlier ones. */
  isBegunBy(from: number): boolean {
    return from < this.#knownFrom
  }

  /**
   * What the store answered from the column `from` on takes the place of what is held there; what came meanwhile stays.
   *
   * @param points Thinned.
   * @returns Whether it changed anything.
   */
  load(points: Float64Array, from: number): boolean {
    if (from <= this.#base) this.#knownFrom = -Infinity
    const known = this.#numbersFrom(from)
    const lastAt = points[points.length - 2] ?? -Infinity
    const lastValue = points[points.length - 1]
    const newer = firstNotBefore(known, known.length, lastAt)
    const isSame = known[newer] === lastAt && known[newer + 1] === lastValue
    const merged = thin(concat(points, known.subarray(isSame ? newer + 2 : newer)), this.columnMs)
    if (equal(known, merged)) return false
    this.#length = firstNotBefore(this.#held, this.#length, from)
    this.#open.clear()
    this.#column = -Infinity
    this.#base = this.#base === -Infinity ? from : Math.min(this.#base, from)
    for (let index = 0; index < merged.length; index += 2)
      this.#take(merged[index] as number, merged[index + 1] as number)
    return true
  }

  /** Everything that is held is known to every member. */
  forget(): void {
    this.#length = 0
    this.#base = this.#column
    this.droppedBefore = -Infinity
  }

  /** The series is another one: nothing that was known is. */
  clear(): void {
    this.forget()
    this.#open.clear()
    this.#column = this.#base = this.#newestAt = this.#knownFrom = -Infinity
    this.#newestValue = this.holeFrom = Number.NaN
    this.changedFrom = Infinity
  }

  /** The first column from `since` on whose points, and all later ones, are held; undefined where there are no points. */
  heldSince(since: number): number | undefined {
    return this.#column < since || this.#open.isEmpty ? undefined : Math.max(since, this.#base)
  }

  /** Per point ms after `since` and value. */
  pointsSince(since: number): number[] {
    const numbers: number[] = []
    const points = this.#numbersFrom(since)
    for (let index = 0; index < points.length; index += 2)
      numbers.push((points[index] as number) - since, points[index + 1] as number)
    return numbers
  }

  #take(at: number, value: number): void {
    const column = columnOf(at, this.columnMs)
    if (column === this.#column) this.#open.add(at, value)
    else {
      this.#close()
      if (this.#base === -Infinity) this.#base = column
      this.#column = column
      this.#open.begin(at, value)
    }
    this.#newestAt = at
    this.#newestValue = value
  }

  #close(): void {
    if (this.#length >= maxHeld) this.#dropOldest()
    if (this.#length + 8 > this.#held.length) {
      const grown = new Float64Array(2 * this.#held.length + 16)
      grown.set(this.#held)
      this.#held = grown
    }
    this.#length = this.#open.writeTo(this.#held, this.#length)
    this.#open.clear()
  }

  /** About a half, in whole columns. */
  #dropOldest(): void {
    const base = columnOf(this.#held[maxHeld / 2] as number, this.columnMs)
    const start = firstNotBefore(this.#held, this.#length, base)
    this.#held.copyWithin(0, start, this.#length)
    this.#length -= start
    this.#base = this.droppedBefore = base
  }

  #numbersFrom(since: number): Float64Array {
    const start = firstNotBefore(this.#held, this.#length, since)
    const points = new Float64Array(this.#length - start + 8)
    points.set(this.#held.subarray(start, this.#length))
    const length = this.#length - start
    return points.subarray(0, this.#column >= since ? this.#open.writeTo(points, length) : length)
  }
}

function concat(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

function equal(first: Float64Array, second: Float64Array): boolean {
  return first.length === second.length && first.every((number, index) => number === second[index])
}
