import type { Track, TrackQuery } from './track.ts'
import { mostColumns } from './thinner.ts'

/** More than an answer can hold, bytes: what is asked for beyond is made as it is needed. */
const mostBytes = 64_000_000

/**
 * Reads tracks into one piece of memory, one after the other, so that an answer of millions of bytes is written once: it is neither
 * grown nor put together again. Pages of it that nothing is written to cost nothing.
 *
 * @param tracks Undefined: nothing is kept.
 */
export function readTracks(tracks: readonly (Track | undefined)[], query: TrackQuery): Float64Array[] {
  let numbers = 0
  for (const track of tracks) if (track) numbers += 8 * Math.min(mostColumns, track.columnsOf(query))
  const room = new Float64Array(Buffer.allocUnsafeSlow(8 * Math.min(numbers, mostBytes / 8)).buffer)
  let used = 0
  return tracks.map((track) => {
    if (track === undefined) return new Float64Array()
    const points = track.read(query, room.subarray(used))
    if (points.buffer === room.buffer) used += points.length
    return points
  })
}
