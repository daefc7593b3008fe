/** Numbers in the first chunk of a list; chunks double up to the largest, so that a list of few points is small. */
const firstChunk = 32
const largestChunk = 2_048

/** What a list may hold beyond its points, bytes: free places of the newest chunk, and what of the oldest has expired. */
export const listSlackBytes = 2 * largestChunk * 8

/** Points in ascending time, added at the end and dropped from the beginning, in chunks of time, value, time, value... */
export class PointList {
  #chunks: Float64Array[] = []
  /** Numbers in the last chunk; the others are full. */
  #used = 0

  /** Of all chunks, used or not. */
  get bytes(): number {
    return this.#chunks.reduce((bytes, chunk) => bytes + chunk.byteLength, 0)
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0
  }

  /** @param points Whole points. */
  push(points: Float64Array, from: number, to: number): void {
    for (let index = from; index < to; index += 2) {
      let chunk = this.#chunks[this.#chunks.length - 1]
      if (chunk === undefined || this.#used === chunk.length) {
        chunk = new Float64Array(Math.min(largestChunk, chunk === undefined ? firstChunk : chunk.length * 2))
        this.#chunks.push(chunk)
        this.#used = 0
      }
      chunk[this.#used] = points[index] as number
      chunk[this.#used + 1] = points[index + 1] as number
      this.#used += 2
    }
  }

  /** Drops chunks whose every point is before `at`. */
  dropBefore(at: number): void {
    let expired = 0
    while (expired < this.#chunks.length && this.#lastOf(expired) < at) expired++
    if (expired > 0) this.#chunks = this.#chunks.slice(expired)
  }

  /** Calls `visit` with each stretch of points whose times lie from `from` to `to`, both included. */
  visit(from: number, to: number, visit: (points: Float64Array, start: number, end: number) => void): void {
    for (let index = this.#firstReaching(from); index < this.#chunks.length; index++) {
      const chunk = this.#chunks[index] as Float64Array
      if ((chunk[0] as number) > to) return
      const length = this.#lengthOf(index)
      const start = firstNotBefore(chunk, length, from)
      const end = firstNotBefore(chunk, length, to + 1)
      if (start < end) visit(chunk, start, end)
    }
  }

  /** The index of the first chunk that has points at or after `at`. */
  #firstReaching(at: number): number {
    let low = 0
    let high = this.#chunks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#lastOf(middle) < at) low = middle + 1
      else high = middle
    }
    return low
  }

  #lengthOf(index: number): number {
    return index === this.#chunks.length - 1 ? this.#used : (this.#chunks[index] as Float64Array).length
  }

  #lastOf(index: number): number {
    return this.#chunks[index]?.[this.#lengthOf(index) - 2] as number
  }
}

/** The index of the first point at or after `at`, or `length`. Times are whole. */
export function firstNotBefore(points: Float64Array, length: number, at: number): number {
  let low = 0
  let high = length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((points[2 * middle] as number) < at) low = middle + 1
    else high = middle
  }
  return 2 * low
}
