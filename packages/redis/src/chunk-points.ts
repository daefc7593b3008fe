/** A time and a value of 8 bytes each. */
const pointBytes = 16

export interface ChunkBounds {
  /** Times of the first point at least, and of the last one at most. */
  readonly first: number
  readonly last: number
}

export interface ChunkPoints {
  /** Time, value, time, value.. in ascending time. */
  readonly numbers: Float64Array
  /** False: some of it was no point, and left out. */
  readonly isWhole: boolean
}

/** What stands in a chunk, which others may have written to. */
export function decodeChunk(bytes: Buffer, { first, last }: ChunkBounds): ChunkPoints {
  const count = Math.floor(bytes.length / pointBytes)
  const numbers = new Float64Array(new Uint8Array(bytes.subarray(0, count * pointBytes)).buffer)
  let end = 0
  let newest = first
  for (let index = 0; index < numbers.length; index += 2) {
    const at = numbers[index] as number
    const value = numbers[index + 1] as number
    if (!(at >= newest && at <= last) || !Number.isInteger(at) || !Number.isFinite(value)) continue
    newest = at
    numbers[end] = at
    numbers[end + 1] = value
    end += 2
  }
  return { numbers: numbers.subarray(0, end), isWhole: end * 8 === bytes.length }
}
