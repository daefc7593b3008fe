import { Bucket } from './bucket.ts'

/** Of the widest view. */
export const mostColumns = 16_385

const nothing: Float64Array = new Float64Array()

/** Thins points to the M4 of columns that begin at multiples of `columnMs` since 1970. */
export class Thinner {
  #columnMs = 0
  /** What the open column got of earlier calls. */
  readonly #bucket = new Bucket()
  #end = -Infinity
  #points = nothing
  #length = 0

  /** @param room Where the points are written; where it does not suffice, memory of its own takes its place. */
  constructor(columnMs: number, room = nothing) {
    this.begin(columnMs, room)
  }

  /** As one that is new: what is thinned in one turn needs no thinner of its own. */
  begin(columnMs: number, room = nothing): void {
    this.#columnMs = columnMs
    this.#points = room
    this.#length = 0
    this.#end = -Infinity
    this.#bucket.clear()
  }

  /**
   * Millions of points pass here for one answer: a column costs what it holds, and nothing is made for it.
   *
   * @param points Time, value, time, value.. from index `from` to before `to`, not before what was added already.
   */
  add(points: Float64Array, from: number, to: number): void {
    const columnMs = this.#columnMs
    let end = Number(this.#end) // a number that the compiler knows to be one is not boxed
    let first = from
    let least = from
    let greatest = from
    let leastValue = Infinity
    let greatestValue = -Infinity
    for (let index = from; index < to; index += 2) {
      const at = points[index] as number
      const value = points[index + 1] as number
      if (at >= end) {
        if (first === index || !this.#bucket.isEmpty) {
          if (first < index) this.#fold(points, first, least, greatest, index - 2)
          this.#close()
        } else this.#write(points, first, least, greatest, index - 2)
        end = (Math.floor(at / columnMs) + 1) * columnMs
        first = least = greatest = index
        leastValue = greatestValue = value
      } else if (value < leastValue) {
        leastValue = value
        least = index
      } else if (value > greatestValue) {
        greatestValue = value
        greatest = index
      }
    }
    if (first < to) this.#fold(points, first, least, greatest, to - 2)
    this.#end = end
  }

  /** What was added, thinned; ends it. */
  finish(): Float64Array {
    this.#close()
    const points = this.#points.subarray(0, this.#length)
    this.#points = nothing
    return points
  }

  /** Adds what the open column got of this call; `least` and `greatest` are indexes. */
  #fold(points: Float64Array, first: number, least: number, greatest: number, last: number): void {
    const bucket = this.#bucket
    bucket.take(points, first)
    if (least < greatest) {
      bucket.take(points, least)
      bucket.take(points, greatest)
    } else {
      bucket.take(points, greatest)
      bucket.take(points, least)
    }
    bucket.take(points, last)
  }

  /** A column that began and ended in one call: as `Bucket.writeTo`, without the bucket. */
  #write(points: Float64Array, first: number, least: number, greatest: number, last: number): void {
    this.#makeRoom()
    const out = this.#points
    const start = this.#length
    let length = start
    out[length++] = points[first] as number
    out[length++] = points[first + 1] as number
    const low = Math.min(least, greatest)
    const high = Math.max(least, greatest)
    if (low > first && low < last && isOther(points, low, first) && isOther(points, low, last)) {
      out[length++] = points[low] as number
      out[length++] = points[low + 1] as number
    }
    if (high > low && high < last && isOther(points, high, first) && isOther(points, high, last)) {
      out[length++] = points[high] as number
      out[length++] = points[high + 1] as number
    }
    if (last > first && (isOther(points, last, first) || length > start + 2)) {
      out[length++] = points[last] as number
      out[length++] = points[last + 1] as number
    }
    this.#length = length
  }

  #makeRoom(): void {
    if (this.#length + 8 <= this.#points.length) return
    const grown = new Float64Array(Math.max(256, 2 * this.#length))
    grown.set(this.#points.subarray(0, this.#length))
    this.#points = grown
  }

  #close(): void {
    this.#makeRoom()
    this.#length = this.#bucket.writeTo(this.#points, this.#length)
    this.#bucket.clear()
  }
}

/**
 * For what is thinned in one turn. Were there none between two reads, each collection of old garbage would throw away what was
 * compiled for it, and the next read would take twice as long.
 */
export const thinner = new Thinner(1)

/** A sample that was told twice is one point. */
function isOther(points: Float64Array, one: number, other: number): boolean {
  return points[one] !== points[other] || points[one + 1] !== points[other + 1]
}

/** Whether no column has more than four points. */
export function isThin(points: Float64Array, columnMs: number): boolean {
  let [end, count] = [-Infinity, 0]
  for (let index = 0; index < points.length; index += 2) {
    const at = points[index] as number
    if (at >= end) {
      end = (Math.floor(at / columnMs) + 1) * columnMs
      count = 1
    } else if (++count > 4) return false
  }
  return true
}

/** At most four points per column: see `Thinner`. */
export function thin(points: Float64Array, columnMs: number): Float64Array {
  thinner.begin(columnMs)
  thinner.add(points, 0, points.length)
  return thinner.finish()
}
