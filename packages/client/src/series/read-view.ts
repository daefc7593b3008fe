import type { WirePoints, WireView } from '@millrace/contract'

/** What an answer or an increment must fit. */
export interface PointLimits {
  readonly tracks: number
  /** Points of one track. */
  readonly points: number
}

export interface ReadView extends Omit<WireView, 'data'> {
  readonly data: DataView
}

export type ReadPoints = Pick<WirePoints, 'since' | 'tracks'>

const pointBytes = 16

/** Reads the answer to `~view`; undefined where it is none, or not one of these tracks. */
export function readView(value: unknown, limits: PointLimits): ReadView | undefined {
  const { view, epoch, columnMs, kind, from, counts, data: bytes } = (value ?? {}) as WireView
  if (!isCount(view) || typeof epoch !== 'string' || !isCount(columnMs) || columnMs === 0) return undefined
  if ((kind !== 'replace' && kind !== 'change') || !Number.isFinite(from)) return undefined
  if (!Array.isArray(counts) || counts.length !== limits.tracks) return undefined
  if (!counts.every((count) => isCount(count) && count <= limits.points)) return undefined
  const data = dataOf(bytes)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (!data || data.byteLength !== total * pointBytes) return undefined
  const read = { view, epoch, columnMs, kind, from, counts, data }
  let isFit = true
  let [track, before] = [-1, from]
  eachPoint(read, (index, at, point) => {
    if (index !== track) [track, before] = [index, from]
    isFit &&= at >= before && Number.isFinite(at) && Number.isFinite(point)
    before = at
  })
  return isFit ? read : undefined
}

/** Calls `take` with each point of each track, in order. */
export function eachPoint(
  { counts, data }: Pick<ReadView, 'counts' | 'data'>,
  take: (track: number, at: number, value: number) => void,
): void {
  let offset = 0
  for (const [track, count] of counts.entries()) {
    for (let left = count; left > 0; left--, offset += pointBytes) {
      take(track, data.getFloat64(offset, true), data.getFloat64(offset + 8, true))
    }
  }
}

/** Reads `~points`; undefined where they are none, or not of these tracks. */
export function readPoints({ since, tracks }: WirePoints, limits: PointLimits): ReadPoints | undefined {
  if (!Number.isFinite(since) || !Array.isArray(tracks)) return undefined
  const isFit = tracks.every((track: unknown) => {
    if (!Array.isArray(track)) return false
    const [index, points] = track as unknown[]
    return isCount(index) && index < limits.tracks && isAscending(points, limits.points)
  })
  return isFit ? { since, tracks } : undefined
}

/** Times and values in turn; times are ms after another time, and do not fall. */
function isAscending(points: unknown, maxPoints: number): boolean {
  if (!Array.isArray(points) || points.length % 2 === 1 || points.length > maxPoints * 2) return false
  let before = 0
  return points.every((number: unknown, index) => {
    if (!Number.isFinite(number)) return false
    if (index % 2 === 1) return true
    const isNext = (number as number) >= before
    before = number as number
    return isNext
  })
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Browsers get attachments as an ArrayBuffer, Node gets a Buffer, at any offset of the memory that it shares. */
function dataOf(bytes: unknown): DataView | undefined {
  if (bytes instanceof ArrayBuffer) return new DataView(bytes)
  return ArrayBuffer.isView(bytes) ? new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) : undefined
}
