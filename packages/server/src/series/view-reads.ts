import type { WirePoints } from '@millrace/contract'
import type { Packet } from '../connection/packet.ts'
import type { SeriesPosition } from '../ports/time-series.ts'
import type { Room } from '../room/room.ts'
import { columnOf } from './column-width.ts'
import { encodePoints, encodeTold } from './encode-view.ts'
import { firstNotBefore } from './point-list.ts'
import { packPoints, unpackPoints, type PackedPoints } from './packed-points.ts'
import { planOf, seriesKey } from './series-name.ts'
import { isThin, thin } from './thinner.ts'
import type { ViewQuery, Window } from './view-query.ts'

interface EncodedPoints {
  readonly counts: readonly number[]
  readonly data: Uint8Array
}

/** What the store answered, thinned to the columns of a view. Packed once for all who are answered with it, and kept so. */
export class ViewPage {
  readonly position: SeriesPosition
  /** The points lie at or after it. */
  readonly from: number
  readonly packed: PackedPoints
  /** Of each track the points of its last column. */
  readonly newest: readonly Float64Array[]
  /** The first column that changed while it was read; Infinity where none did. */
  owedFrom = Infinity
  #tracks: readonly Float64Array[] | undefined
  #packets: readonly Packet[] | undefined
  #plain: EncodedPoints | undefined

  /** @param tracks Are not looked at again. */
  constructor(position: SeriesPosition, from: number, tracks: readonly Float64Array[], columnMs: number) {
    this.position = position
    this.from = from
    this.packed = packPoints(tracks)
    this.newest = tracks.map((points) => newestColumn(points, columnMs))
  }

  get tracks(): readonly Float64Array[] {
    return (this.#tracks ??= unpackPoints(this.packed))
  }

  /** For clients that do not read packed points. */
  get plain(): EncodedPoints {
    return (this.#plain ??= encodePoints(this.tracks))
  }

  pointsFrom(track: number, from: number): Float64Array {
    const points = this.tracks[track] ?? new Float64Array()
    return points.subarray(firstNotBefore(points, points.length, from))
  }

  /** As increments of all tracks that have points, of the group that read it. */
  packets(head: Pick<WirePoints, 'room' | 'view' | 'epoch'>): readonly Packet[] {
    this.#packets ??= this.#encodeTold(head)
    return this.#packets
  }

  #encodeTold(head: Pick<WirePoints, 'room' | 'view' | 'epoch'>): readonly Packet[] {
    const tracks = this.tracks.map((points, index): [number, number[]] => [
      index,
      Array.from(points, (number, place) => (place % 2 === 0 ? number - this.from : number)),
    ])
    const told = tracks.filter(([, points]) => points.length > 0)
    return told.length === 0 ? [] : encodeTold(head, this.from, told)
  }
}

function newestColumn(points: Float64Array, columnMs: number): Float64Array {
  const newest = points[points.length - 2]
  return newest === undefined
    ? points.slice()
    : points.slice(firstNotBefore(points, points.length, columnOf(newest, columnMs)))
}

export interface Answered {
  readonly page: ViewPage
  readonly kind: 'change' | 'replace'
}

/** The reads of one group of equal views; those that begin at the same column at the same time are one. */
export class ViewReads {
  readonly #room: Room
  readonly #query: ViewQuery
  /** Samples before it and after `newest` are in no window of these reads. */
  readonly oldest: number
  readonly newest: number
  readonly #underWay = new Map<number, { owedFrom: number; readonly page: Promise<ViewPage> }>()

  constructor(room: Room, query: ViewQuery) {
    this.#room = room
    this.#query = query
    const { window } = query
    this.oldest = 'from' in window ? this.beginning(window) : -Infinity
    this.newest = 'to' in window ? Math.max(this.oldest, window.to) : Number.MAX_SAFE_INTEGER
  }

  get areUnderWay(): boolean {
    return this.#underWay.size > 0
  }

  /** The beginning of the first column of the window, as it lies now. */
  beginning(window: Window): number {
    const from = 'last' in window ? this.#room.node.clock.now() - window.last : window.from
    return columnOf(Math.max(0, from), this.#query.columnMs)
  }

  /** Viewers were told of changes from `since` on, or will be; a read that is under way may not have seen them. */
  changed(since: number): void {
    for (const read of this.#underWay.values()) read.owedFrom = Math.min(read.owedFrom, since)
  }

  read(from: number): Promise<ViewPage> {
    const known = this.#underWay.get(from)
    if (known) return known.page
    const page = this.#readPage(from)
      .then((answered) => {
        answered.owedFrom = this.#underWay.get(from)?.owedFrom ?? Infinity
        return answered
      })
      .finally(() => this.#underWay.delete(from))
    this.#underWay.set(from, { owedFrom: Infinity, page })
    return page
  }

  async #readPage(from: number): Promise<ViewPage> {
    const { name, entry, tracks, columnMs } = this.#query
    const { store } = this.#room.node
    const range = { tracks, from, to: this.newest, bucketMs: columnMs }
    const page = await store.series.read(seriesKey(this.#room.key, name, entry), range, planOf(entry))
    const thinned = page.tracks.map((points) => (isThin(points, columnMs) ? points : thin(points, columnMs)))
    const read = new ViewPage(page.position, from, thinned, columnMs)
    page.release?.()
    return read
  }
}
