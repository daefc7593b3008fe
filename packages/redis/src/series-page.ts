import { firstNotBefore, Thinner, type Bucket } from '@millrace/server'
import { decodeChunk } from './chunk-points.ts'
import type { Rollup } from './series-chunks.ts'

export interface ReadRange {
  /** Both ends are included, ms since 1970. */
  readonly from: number
  readonly to: number
}

/**
 * The numbers of the chunks that hold points of a range.
 *
 * @param open The oldest open bucket: nothing that is after it is in a chunk.
 */
export function* chunksOf({ spanMs }: Rollup, { from, to }: ReadRange, open: Bucket | undefined): Generator<number> {
  const openAt = open?.samples[0]
  if (openAt === undefined) return
  const last = Math.floor(Math.min(to, openAt) / spanMs)
  for (let chunk = Math.floor(from / spanMs); chunk <= last; chunk++) yield chunk
}

/** A track as of the moment at which its open buckets were read, thinned to columns. */
export class TrackReading {
  readonly #thinner: Thinner
  readonly #rollup: Rollup
  readonly #range: ReadRange
  readonly #open: readonly Bucket[]
  /** Chunks may have grown since; nothing of before begins here or later. */
  readonly #closedUntil: number

  /** @param open Those that are not empty, of the rollup that is read first, then of the finer ones. */
  constructor(bucketMs: number, rollup: Rollup, range: ReadRange, open: readonly Bucket[]) {
    const { widthMs } = rollup
    this.#thinner = new Thinner(bucketMs)
    this.#rollup = rollup
    this.#range = range
    this.#open = open
    this.#closedUntil = Math.floor((open[0]?.samples[0] ?? -Infinity) / widthMs) * widthMs
  }

  /** @param chunk The next one. @returns Whether all of it could be read. */
  addChunk(chunk: number, bytes: Buffer): boolean {
    const { spanMs } = this.#rollup
    const { numbers, isWhole } = decodeChunk(bytes, { first: chunk * spanMs, last: (chunk + 1) * spanMs - 1 })
    this.#add(numbers, numbers.length, this.#closedUntil - 1)
    return isWhole
  }

  finish(): Float64Array {
    const scratch = new Float64Array(8)
    for (const bucket of this.#open) this.#add(scratch, bucket.writeTo(scratch, 0), Infinity)
    return this.#thinner.finish()
  }

  #add(points: Float64Array, length: number, until: number): void {
    const from = firstNotBefore(points, length, this.#range.from)
    const end = firstNotBefore(points, length, Math.min(until, this.#range.to) + 1)
    if (from < end) this.#thinner.add(points, from, end)
  }
}
