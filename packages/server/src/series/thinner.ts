import { Bucket } from './bucket.ts'

/** Thins points to the M4 of columns that begin at multiples of `columnMs` since 1970. */
export class Thinner {
  readonly #columnMs: number
  readonly #bucket = new Bucket()
  #end = -Infinity
  #points = new Float64Array(256)
  #length = 0

  constructor(columnMs: number) {
    this.#columnMs = columnMs
  }

  /** @param points Time, value, time, value.. from index `from` to before `to`, not before what was added already. */
  add(points: Float64Array, from: number, to: number): void {
    const bucket = this.#bucket
    let end = this.#end
    for (let index = from; index < to; index += 2) {
      const at = points[index] as number
      if (at < end) bucket.add(at, points[index + 1] as number)
      else {
        this.#close()
        bucket.begin(at, points[index + 1] as number)
        end = (Math.floor(at / this.#columnMs) + 1) * this.#columnMs
      }
    }
    this.#end = end
  }

  /** What was added, thinned; ends it. */
  finish(): Float64Array {
    this.#close()
    return this.#points.subarray(0, this.#length)
  }

  #close(): void {
    if (this.#length + 8 > this.#points.length) {
      const grown = new Float64Array(2 * this.#points.length)
      grown.set(this.#points)
      this.#points = grown
    }
    this.#length = this.#bucket.writeTo(this.#points, this.#length)
    this.#bucket.clear()
  }
}

/** At most four points per column: see `Thinner`. */
export function thin(points: Float64Array, columnMs: number): Float64Array {
  const thinner = new Thinner(columnMs)
  thinner.add(points, 0, points.length)
  return thinner.finish()
}
