import type { Track, TrackQuery } from './track.ts'
import { mostColumns } from './thinner.ts'

/** More than an answer can hold, bytes: what is asked for beyond is made as it is needed. */
const mostBytes = 64_000_000

/**
 * Reads tracks into one piece of memory, one after the other, so that an answer of millions of bytes is not grown. Pages of it that
 * nothing is written to cost nothing.
 *
 * @param tracks Undefined: nothing is kept.
 * @param makeRoom Gives memory for so many numbers. Default: makes it.
 */
export function readTracks(
  tracks: readonly (Track | undefined)[],
  query: TrackQuery,
  makeRoom: (numbers: number) => Float64Array = allocate,
): Float64Array[] {
  let numbers = 0
  for (const track of tracks) if (track) numbers += 8 * Math.min(mostColumns, track.columnsOf(query))
  const room = makeRoom(Math.min(numbers, mostBytes / 8))
  let used = 0
  return tracks.map((track) => {
    if (track === undefined) return new Float64Array()
    const points = track.read(query, room.subarray(used))
    if (points.buffer === room.buffer) used += points.length
    return points
  })
}

function allocate(numbers: number): Float64Array {
  return new Float64Array(Buffer.allocUnsafeSlow(8 * numbers).buffer)
}
