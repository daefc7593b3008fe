import type { WirePacking } from '@millrace/contract'
import { swapsBytes } from './swaps-bytes.ts'

export interface PackedPoints extends WirePacking {
  /** Points per track. */
  readonly counts: readonly number[]
  readonly data: Uint8Array
}

/** Steps of up to so many units take one, two and four bytes. */
const [maxByte, maxShort, maxLong] = [0xff, 0xffff, 0xffff_ffff]

/**
 * Packs points as docs/protocol.md says (section 16): a point takes 9 or 10 bytes where their times are those of a clock that ticks.
 *
 * @param tracks Of each time, value, time, value.. in ascending time; times are whole.
 */
export function packPoints(tracks: readonly Float64Array[]): PackedPoints {
  const counts = tracks.map(({ length }) => length / 2)
  const unitMs = unitOf(tracks)
  const widths = tracks.map((points) => widthOf(points, unitMs))
  let [numbers, stepBytes] = [0, 0]
  for (const [index, count] of counts.entries()) {
    if (count === 0) continue
    numbers += 1 + count
    stepBytes += (count - 1) * (widths[index] as number)
  }
  const bytes = Buffer.allocUnsafeSlow(8 * numbers + stepBytes)
  const floats = new Float64Array(bytes.buffer, bytes.byteOffset, numbers)
  let next = 0
  for (const points of tracks) {
    if (points.length > 0) floats[next++] = points[0] as number
    for (let index = 1; index < points.length; index += 2) floats[next++] = points[index] as number
  }
  if (swapsBytes) bytes.subarray(0, 8 * numbers).swap64()
  let offset = 8 * numbers
  for (const [index, points] of tracks.entries()) {
    offset = writeSteps(bytes, offset, points, unitMs, widths[index] as number)
  }
  return { counts, unitMs, widths, data: bytes }
}

/** The greatest time of which every step is a multiple, ms. */
function unitOf(tracks: readonly Float64Array[]): number {
  let unitMs = 0
  let perUnit = Infinity
  for (const points of tracks) {
    for (let index = 2; index < points.length; index += 2) {
      const stepMs = (points[index] as number) - (points[index - 2] as number)
      if (stepMs === 0 || Math.round(stepMs * perUnit) * unitMs === stepMs) continue
      unitMs = greatestDivisor(unitMs, stepMs)
      if (unitMs === 1) return 1
      perUnit = 1 / unitMs
    }
  }
  return Math.max(1, unitMs)
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other)
}

function widthOf(points: Float64Array, unitMs: number): 1 | 2 | 4 | 8 {
  let most = 0
  for (let index = 2; index < points.length; index += 2) {
    const stepMs = (points[index] as number) - (points[index - 2] as number)
    if (stepMs > most) most = stepMs
  }
  const units = most / unitMs
  return units <= maxByte ? 1 : units <= maxShort ? 2 : units <= maxLong ? 4 : 8
}

/** @returns The offset after them. */
function writeSteps(bytes: Buffer, start: number, points: Float64Array, unitMs: number, width: number): number {
  const perUnit = 1 / unitMs
  let offset = start
  for (let index = 2; index < points.length; index += 2) {
    const stepMs = (points[index] as number) - (points[index - 2] as number)
    const units = Math.round(stepMs * perUnit)
    if (width === 1) bytes[offset] = units
    else if (width === 2) {
      bytes[offset] = units
      bytes[offset + 1] = units >>> 8
    } else if (width === 4) bytes.writeUInt32LE(units, offset)
    else bytes.writeDoubleLE(units, offset)
    offset += width
  }
  return offset
}

/** Points as they were packed. */
export function unpackPoints({ counts, unitMs, widths, data }: PackedPoints): Float64Array[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let value = 0
  let step = 8 * counts.reduce((numbers, count) => numbers + (count === 0 ? 0 : 1 + count), 0)
  return counts.map((count, track) => {
    const points = new Float64Array(2 * count)
    if (count === 0) return points
    const width = widths[track] as number
    let at = view.getFloat64(value, true)
    for (let index = 0; index < points.length; index += 2) {
      if (index > 0) {
        at += readStep(view, step, width) * unitMs
        step += width
      }
      points[index] = at
      points[index + 1] = view.getFloat64((value += 8), true)
    }
    value += 8
    return points
  })
}

function readStep(view: DataView, offset: number, width: number): number {
  if (width === 1) return view.getUint8(offset)
  if (width === 2) return view.getUint16(offset, true)
  return width === 4 ? view.getUint32(offset, true) : view.getFloat64(offset, true)
}
