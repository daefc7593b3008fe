import { Bucket } from './bucket.ts'

/** The widest view. */
const maxColumnsAtOnce = 16_385

/** Thins points to the M4 of columns that begin at multiples of `columnMs` since 1970. */
export class Thinner {
  readonly #columnMs: number
  /** What the open column got of earlier calls. */
  readonly #bucket = new Bucket()
  #end = -Infinity
  #points: Float64Array
  #length = 0

  /** @param columns How many are expected: room for them is made at once. More are taken, too. */
  constructor(columnMs: number, columns = 32) {
    this.#columnMs = columnMs
    this.#points = new Float64Array(8 * Math.max(1, Math.min(columns, maxColumnsAtOnce)))
  }

  /**
   * Millions of points pass here for one answer: a column costs what it holds, and nothing is made for it.
   *
   * @param points Time, value, time, value.. from index `from` to before `to`, not before what was added already.
   */
  add(points: Float64Array, from: number, to: number): void {
    let end = this.#end
    let [first, leastIndex, greatestIndex, least, greatest] = [from, from, from, Infinity, -Infinity]
    for (let index = from; index < to; index += 2) {
      const value = points[index + 1] as number
      const at = points[index] as number
      if (at >= end) {
        if (first === index || !this.#bucket.isEmpty) {
          if (first < index) this.#fold(points, first, leastIndex, greatestIndex, index - 2)
          this.#close()
        } else this.#write(points, first, leastIndex, greatestIndex, index - 2)
        end = (Math.floor(at / this.#columnMs) + 1) * this.#columnMs
        first = leastIndex = greatestIndex = index
        least = greatest = value
      } else {
        if (value < least) {
          least = value
          leastIndex = index
        }
        if (value > greatest) {
          greatest = value
          greatestIndex = index
        }
      }
    }
    if (first < to) this.#fold(points, first, leastIndex, greatestIndex, to - 2)
    this.#end = end
  }

  /** What was added, thinned; ends it. */
  finish(): Float64Array {
    this.#close()
    return this.#points.subarray(0, this.#length)
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
    const start = this.#length
    this.#writeOne(points, first)
    const [low, high] = least < greatest ? [least, greatest] : [greatest, least]
    if (isOther(points, low, first) && isOther(points, low, last)) this.#writeOne(points, low)
    if (high !== low && isOther(points, high, first) && isOther(points, high, last)) this.#writeOne(points, high)
    if (isOther(points, last, first) || this.#length > start + 2) this.#writeOne(points, last)
  }

  #writeOne(points: Float64Array, index: number): void {
    this.#points[this.#length] = points[index] as number
    this.#points[this.#length + 1] = points[index + 1] as number
    this.#length += 2
  }

  #makeRoom(): void {
    if (this.#length + 8 <= this.#points.length) return
    const grown = new Float64Array(2 * this.#points.length)
    grown.set(this.#points)
    this.#points = grown
  }

  #close(): void {
    this.#makeRoom()
    this.#length = this.#bucket.writeTo(this.#points, this.#length)
    this.#bucket.clear()
  }
}

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
  const thinner = new Thinner(columnMs)
  thinner.add(points, 0, points.length)
  return thinner.finish()
}
