/**
 * The first, least, greatest and last sample of a span of time (M4: Jugel et al., VLDB 2014). The M4 of M4s of parts is that of the
 * whole, so that rollups are made of the rollups below them.
 */
export class Bucket {
  /** first, least, greatest, last: of each time and value. The time of the first is NaN where there is none. */
  readonly samples: Float64Array

  /** @param samples Eight numbers that another bucket held. */
  constructor(samples: Float64Array = new Float64Array(8).fill(Number.NaN)) {
    this.samples = samples
  }

  get isEmpty(): boolean {
    return Number.isNaN(this.samples[0] as number)
  }

  clear(): void {
    this.samples[0] = Number.NaN
  }

  begin(at: number, value: number): void {
    const { samples } = this
    for (let index = 0; index < 8; index += 2) {
      samples[index] = at
      samples[index + 1] = value
    }
  }

  /** @param at Not before the last one. */
  add(at: number, value: number): void {
    const { samples } = this
    if (value < (samples[3] as number)) {
      samples[2] = at
      samples[3] = value
    } else if (value > (samples[5] as number)) {
      samples[4] = at
      samples[5] = value
    }
    samples[6] = at
    samples[7] = value
  }

  /** Adds the point at `index`, the first one too. */
  take(points: Float64Array, index: number): void {
    const at = points[index] as number
    const value = points[index + 1] as number
    if (this.isEmpty) this.begin(at, value)
    else this.add(at, value)
  }

  /**
   * Writes its one to four different samples as time, value, time, value.. in ascending time.
   *
   * @param offset Eight numbers after it must be free.
   * @returns The offset after what was written; the same where the bucket is empty.
   */
  writeTo(points: Float64Array, offset: number): number {
    const { samples } = this
    const firstAt = samples[0] as number
    if (Number.isNaN(firstAt)) return offset
    const first = samples[1] as number
    const leastAt = samples[2] as number
    const least = samples[3] as number
    const greatestAt = samples[4] as number
    const greatest = samples[5] as number
    const lastAt = samples[6] as number
    const last = samples[7] as number
    points[offset] = firstAt
    points[offset + 1] = first
    let end = offset + 2
    const hasLeast = !(least === first && leastAt === firstAt) && !(least === last && leastAt === lastAt)
    const hasGreatest = !(greatest === first && greatestAt === firstAt) && !(greatest === last && greatestAt === lastAt)
    const isLeastFirst = leastAt <= greatestAt
    if (hasLeast && isLeastFirst) end = write(points, end, leastAt, least)
    if (hasGreatest) end = write(points, end, greatestAt, greatest)
    if (hasLeast && !isLeastFirst) end = write(points, end, leastAt, least)
    if (lastAt !== firstAt || last !== first || end > offset + 2) end = write(points, end, lastAt, last)
    return end
  }
}

function write(points: Float64Array, offset: number, at: number, value: number): number {
  points[offset] = at
  points[offset + 1] = value
  return offset + 2
}
