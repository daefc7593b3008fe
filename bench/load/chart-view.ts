import type { WirePacking, WirePoints } from '@millrace/contract'
import { monotonicMicros, type Quote } from '../payload.ts'

export interface ChartQuery {
  readonly keys: readonly string[]
  /** ms since 1970. */
  readonly from?: number
  readonly to?: number
  /** ms, instead of both. */
  readonly last?: number
  readonly widthPx: number
}

/** What one client was answered. */
export interface Viewed {
  readonly points: number
  readonly bytes: number
  /** Of all values. */
  readonly greatest: number
}

const mostPerColumn = 4

/**
 * @param counts Points per key.
 * @param columnMs Absent: everything is sent, and no columns are counted.
 * @throws Error where times do not ascend, or a column has more than four points.
 */
export function viewedOf(counts: readonly number[], bytes: Buffer, columnMs?: number, packed?: WirePacking): Viewed {
  const points = packed
    ? unpacked(counts, bytes, packed)
    : new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  let greatest = -Infinity
  let next = 0
  for (const count of counts) {
    let [last, column, inColumn] = [-Infinity, NaN, 0]
    for (let index = 0; index < count; index++) {
      const [at = NaN, value = NaN] = [points[next++], points[next++]]
      const its = columnMs === undefined ? index : Math.floor(at / columnMs)
      inColumn = its === column ? inColumn + 1 : 1
      column = its
      if (!(at >= last)) throw new Error(`a point at ${at} came after one at ${last}`)
      if (inColumn > mostPerColumn) throw new Error(`the column at ${at} has more than ${mostPerColumn} points`)
      last = at
      greatest = Math.max(greatest, value)
    }
  }
  if (next !== points.length) throw new Error(`${points.length / 2} points came, and ${next / 2} were announced`)
  return { points: points.length / 2, bytes: bytes.length, greatest }
}

/** Points that came packed (docs/protocol.md, section 16), as they come to those who cannot read that. */
function unpacked(counts: readonly number[], bytes: Buffer, { unitMs, widths }: WirePacking): Float64Array {
  const points = new Float64Array(2 * counts.reduce((total, count) => total + count, 0))
  let [next, value] = [0, 0]
  let step = counts.reduce((offset, count) => offset + 8 * (count === 0 ? 0 : 1 + count), 0)
  for (const [track, count] of counts.entries()) {
    if (count === 0) continue
    const width = widths[track] ?? 0
    let at = bytes.readDoubleLE(value)
    for (let index = 0; index < count; index++) {
      if (index > 0) {
        at += (width === 8 ? bytes.readDoubleLE(step) : bytes.readUIntLE(step, width)) * unitMs
        step += width
      }
      points[next++] = at
      points[next++] = bytes.readDoubleLE((value += 8))
    }
    value += 8
  }
  if (step !== bytes.length) throw new Error(`${bytes.length} bytes of points came, and ${step} were announced`)
  return points
}

/** The newest value of each series, out of the points that replace the end of it. Values rise, as the load has them. */
export class PointsReader {
  readonly #keys: readonly string[]
  readonly #last = new Map<number, number>()

  constructor(keys: readonly string[]) {
    this.#keys = keys
  }

  newest(since: number, tracks: WirePoints['tracks']): Quote[] {
    const quotes: Quote[] = []
    for (const [track, points] of tracks) {
      const [afterMs = NaN, value = NaN] = points.slice(-2)
      if (value === this.#last.get(track)) continue
      this.#last.set(track, value)
      const agoMs = Date.now() - (since + afterMs)
      quotes.push({ key: this.#keys[track] ?? '', value, seq: value, at: monotonicMicros() - agoMs * 1e3, text: '' })
    }
    return quotes
  }
}
