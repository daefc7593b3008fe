import { wireNames, type WirePoints } from '@millrace/contract'
import { packet, type Packet } from '../connection/packet.ts'
import type { LiveTrack } from './live-track.ts'
import { swapsBytes } from './swaps-bytes.ts'

/** Points of all tracks as the bytes of an answer to a client that does not read packed ones. */
export function encodePoints(tracks: readonly Float64Array[]): { counts: number[]; data: Uint8Array } {
  const counts = tracks.map((points) => points.length / 2)
  const all = new Float64Array(2 * counts.reduce((total, count) => total + count, 0))
  let offset = 0
  for (const points of tracks) {
    all.set(points, offset)
    offset += points.length
  }
  const data = Buffer.from(all.buffer)
  return { counts, data: swapsBytes ? data.swap64() : data }
}

type PointsHead = Pick<WirePoints, 'room' | 'view' | 'epoch'>

/** Times and values of one packet, unless one track has more: some 20 kB. */
const maxNumbers = 2_000

/**
 * `~points` for tracks that changed: together those that changed from the same column on.
 *
 * @param sinceOf The column from which the points of a track are told; undefined leaves it out.
 */
export function encodeIncrements(
  head: PointsHead,
  tracks: Iterable<LiveTrack>,
  sinceOf: (track: LiveTrack) => number | undefined,
): Packet[] {
  const bySince = new Map<number, [number, number[]][]>()
  for (const track of tracks) {
    const since = sinceOf(track)
    if (since === undefined) continue
    const told = bySince.get(since) ?? []
    bySince.set(since, told)
    told.push([track.index, track.pointsSince(since)])
  }
  return Array.from(bySince).flatMap(([since, told]) => encodeTold(head, since, told))
}

export function encodeTold(head: PointsHead, since: number, tracks: WirePoints['tracks']): Packet[] {
  const parts: WirePoints['tracks'][number][][] = [[]]
  let numbers = 0
  for (const track of tracks) {
    if (numbers > 0 && numbers + track[1].length > maxNumbers) {
      parts.push([])
      numbers = 0
    }
    parts.at(-1)?.push(track)
    numbers += track[1].length
  }
  return parts.map((part) => packet(wireNames.points, { ...head, since, tracks: part } satisfies WirePoints))
}
