import { Bucket } from '@millrace/server'

/** First, least, greatest and last, each a time and a value of 8 bytes. */
const bucketBytes = 64

/**
 * The open buckets of a track, finest first, as the script that appends writes them: 64 bytes each, the first time NaN where
 * nothing is open yet. Undefined for what it does not write.
 */
export function decodeOpenBuckets(state: Buffer, rollups: number): readonly Bucket[] | undefined {
  if (state.length !== rollups * bucketBytes) return undefined
  const numbers = new Float64Array(new Uint8Array(state).buffer)
  const buckets = Array.from({ length: rollups }, (_, level) => new Bucket(numbers.subarray(level * 8, level * 8 + 8)))
  return buckets.every((bucket) => bucket.isEmpty || isWhole(bucket)) ? buckets : undefined
}

function isWhole({ samples }: Bucket): boolean {
  return samples.every((number, index) => (index % 2 === 0 ? Number.isSafeInteger(number) : Number.isFinite(number)))
}
