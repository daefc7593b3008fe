import type { WirePacking, WirePoints, WireView } from '@millrace/contract'

/** What an answer or an increment must fit. */
export interface PointLimits {
  readonly tracks: number
  /** Points of one track. */
  readonly points: number
}

export interface ReadView extends Omit<WireView, 'data' | 'packed'> {
  readonly data: DataView
  readonly packed: WirePacking | undefined
}

export type ReadPoints = Pick<WirePoints, 'since' | 'tracks'>

/** Reads the answer to `~view`; undefined where it is none, or not one of these tracks. */
export function readView(value: unknown, limits: PointLimits): ReadView | undefined {
  const { view, epoch, columnMs, kind, from, counts, data: bytes, packed } = (value ?? {}) as WireView
  if (!isCount(view) || typeof epoch !== 'string' || !isCount(columnMs) || columnMs === 0) return undefined
  if ((kind !== 'replace' && kind !== 'change') || !Number.isFinite(from)) return undefined
  if (!Array.isArray(counts) || counts.length !== limits.tracks) return undefined
  if (!counts.every((count) => isCount(count) && count <= limits.points)) return undefined
  const data = dataOf(bytes)
  if (packed && !isPacking(packed, limits.tracks)) return undefined
  const read = { view, epoch, columnMs, kind, from, counts, data: data!, packed }
  if (data?.byteLength !== bytesOf(read)) return undefined
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
  { counts, data, packed }: Pick<ReadView, 'counts' | 'data' | 'packed'>,
  take: (track: number, at: number, value: number) => void,
): void {
  let [offset, step] = [0, floatsOf(counts, packed) * 8]
  const float = (): number => data.getFloat64((offset += 8) - 8, true)
  for (const [track, count] of counts.entries()) {
    const width = packed?.widths[track] ?? 0
    let at = 0
    for (let index = 0; index < count; index++) {
      if (index === 0 || !packed) at = float()
      else {
        at += stepAt(data, step, width) * packed.unitMs
        step += width
      }
      take(track, at, float())
    }
  }
}

function stepAt(data: DataView, offset: number, width: number): number {
  if (width === 1) return data.getUint8(offset)
  if (width === 2) return data.getUint16(offset, true)
  return width === 4 ? data.getUint32(offset, true) : data.getFloat64(offset, true)
}

/** Times and values, packed ones without the times that steps tell. */
function floatsOf(counts: readonly number[], packed: WirePacking | undefined): number {
  return counts.reduce((sum, count) => sum + (packed ? count + Math.min(count, 1) : count * 2), 0)
}

function bytesOf({ counts, packed }: Pick<ReadView, 'counts' | 'packed'>): number {
  const steps = packed?.widths.reduce((sum, width, track) => sum + Math.max(0, counts[track]! - 1) * width, 0)
  return floatsOf(counts, packed) * 8 + (steps ?? 0)
}

function isPacking({ unitMs, widths }: WirePacking, tracks: number): boolean {
  return Number.isFinite(unitMs) && Array.isArray(widths) && widths.length === tracks && widths.every(isWidth)
}

function isWidth(width: number): boolean {
  return width === 1 || width === 2 || width === 4 || width === 8
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
