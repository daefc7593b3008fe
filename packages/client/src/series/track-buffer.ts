import type { SeriesPoints } from './series-client.ts'

/** The points of one track in two arrays that grow at the end and slide at the beginning; both cost O(1) per point, amortised. */
export class TrackBuffer {
  #at = new Float64Array(16)
  #values = new Float64Array(16)
  #start = 0
  #end = 0
  #points: SeriesPoints | undefined

  /** Time of the newest point; undefined where there is none. */
  get newest(): number | undefined {
    return this.#end > this.#start ? this.#at[this.#end - 1] : undefined
  }

  /** The same object until the next change. */
  get points(): SeriesPoints {
    this.#points ??= {
      at: this.#at.subarray(this.#start, this.#end),
      values: this.#values.subarray(this.#start, this.#end),
    }
    return this.#points
  }

  /** Removes the points at or after `since`. */
  cut(since: number): void {
    let low = this.#start
    let high = this.#end
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#at[middle]! < since) low = middle + 1
      else high = middle
    }
    this.#end = low
    this.#points = undefined
  }

  /** `at` is not before the newest point. */
  push(at: number, value: number): void {
    if (this.#end === this.#at.length) this.#makeRoom()
    this.#at[this.#end] = at
    this.#values[this.#end] = value
    this.#end += 1
    this.#points = undefined
  }

  /** Forgets the points before `time`. */
  slide(time: number): void {
    const before = this.#start
    while (this.#start < this.#end && this.#at[this.#start]! < time) this.#start += 1
    if (this.#start > before) this.#points = undefined
  }

  /** Moves the points to the beginning, of larger arrays where they fill more than half. */
  #makeRoom(): void {
    const { at, values } = this.points
    const length = at.length * 2 > this.#at.length ? this.#at.length * 2 : this.#at.length
    this.#at = copy(at, length)
    this.#values = copy(values, length)
    this.#end -= this.#start
    this.#start = 0
  }
}

function copy(source: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const target = new Float64Array(length)
  target.set(source)
  return target
}
