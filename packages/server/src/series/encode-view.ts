import { wireNames, type WirePoints } from '@millrace/contract'
import { packet, type Packet } from '../connection/packet.ts'
import type { LiveTrack } from './live-track.ts'

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Points of all tracks as the bytes of an answer. */
export function encodePoints(tracks: readonly Float64Array[]): { counts: number[]; data: Uint8Array } {
  const counts = tracks.map((points) => points.length / 2)
  const numbers = 2 * counts.reduce((total, count) => total + count, 0)
  const all = isLittleEndian ? (inOnePiece(tracks, numbers) ?? joined(tracks, numbers)) : joined(tracks, numbers)
  const data = new Uint8Array(all.buffer, all.byteOffset, all.byteLength)
  if (!isLittleEndian) for (let index = 0; index < data.length; index += 8) data.subarray(index, index + 8).reverse()
  return { counts, data }
}

/** The memory of all tracks, where each begins where the one before it ends: see `readTracks`. */
function inOnePiece(tracks: readonly Float64Array[], numbers: number): Float64Array | undefined {
  const first = tracks.find((points) => points.length > 0)
  if (first === undefined) return undefined
  let end = first.byteOffset
  for (const points of tracks) {
    if (points.length === 0) continue
    if (points.buffer !== first.buffer || points.byteOffset !== end) return undefined
    end += points.byteLength
  }
  return new Float64Array(first.buffer, first.byteOffset, numbers)
}

function joined(tracks: readonly Float64Array[], numbers: number): Float64Array {
  const all = new Float64Array(numbers)
  let offset = 0
  for (const points of tracks) {
    all.set(points, offset)
    offset += points.length
  }
  return all
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
