import { candlesOf } from './candles-of.ts'
import { eachPoint, type PointLimits, type ReadPoints, type ReadView } from './read-view.ts'
import type { Candle, SeriesPoints } from './series-client.ts'
import { TrackBuffer } from './track-buffer.ts'
import { maxWidthPx, type ViewPlan } from './view-plan.ts'

/** What an answer for a plan must fit, and its increments, which may serve wider windows with columns of the same width. */
export function limitsOf({ query, fields }: ViewPlan): PointLimits {
  return { tracks: query.keys.length * fields.length, points: maxPoints }
}

/** Of the widest view: four points per column, of which the window cuts one at each end, and one begins meanwhile. */
const maxPoints = (maxWidthPx + 3) * 4

/** The points of a view as they are known: key by key, in each the fields. */
export class Tracks {
  /** Another one of the same shape may take its place. */
  plan: ViewPlan
  readonly epoch: string
  readonly columnMs: number
  readonly #buffers: readonly TrackBuffer[]
  readonly #rows: ReadonlyMap<string, number>
  #newest = -Infinity

  constructor(plan: ViewPlan, { epoch, columnMs }: ReadView) {
    this.plan = plan
    this.epoch = epoch
    this.columnMs = columnMs
    this.#buffers = Array.from({ length: limitsOf(plan).tracks }, () => new TrackBuffer())
    this.#rows = new Map(plan.query.keys.map((key, row) => [key, row]))
  }

  /** Where the chart begins and ends. Without a time that is known a moving window has no place yet. */
  get window(): { readonly from: number; readonly to: number } {
    const { last, from = -Infinity, to = Infinity } = this.plan.query
    return last === undefined ? { from, to } : { from: this.#newest - last, to: this.#newest }
  }

  /**
   * The beginning of the oldest column that may still change, ms since 1970: each track is complete up to its own newest
   * point, since its samples do not go back in time. Undefined where a track has no point: nothing is complete.
   */
  get completeTo(): number | undefined {
    let oldest = Infinity
    for (const { newest = -Infinity } of this.#buffers) oldest = Math.min(oldest, newest)
    return Number.isFinite(oldest) ? this.#columnOf(oldest) : undefined
  }

  /** Whether an answer that leaves out what is known leaves out these points. */
  continues({ shape }: ViewPlan, { epoch, columnMs }: ReadView): boolean {
    return shape === this.plan.shape && epoch === this.epoch && columnMs === this.columnMs
  }

  points(key: string, field: string): SeriesPoints {
    return this.#buffer(key, field)?.points ?? nothing
  }

  candles(key: string, field: string): readonly Candle[] {
    return candlesOf(this.points(key, field), this.columnMs)
  }

  /** Takes an answer in: of all tracks the points at or after `from` are others. @returns The keys. */
  answer(answer: ReadView): readonly string[] {
    for (const buffer of this.#buffers) buffer.cut(answer.kind === 'replace' ? -Infinity : answer.from)
    eachPoint(answer, (track, at, value) => this.#buffers[track]?.push(at, value))
    this.#slide()
    return this.plan.query.keys
  }

  /** Takes an increment in. @returns The keys of its tracks. */
  change({ since, tracks }: ReadPoints): readonly string[] {
    const keys = new Set<string>()
    for (const [track, points] of tracks) {
      const buffer = this.#buffers[track]
      buffer?.cut(since)
      for (let index = 0; index < points.length; index += 2) buffer?.push(since + points[index]!, points[index + 1]!)
      keys.add(this.plan.query.keys[Math.floor(track / this.plan.fields.length)]!)
    }
    this.#slide()
    return [...keys]
  }

  #buffer(key: string, field: string): TrackBuffer | undefined {
    const { fields } = this.plan
    const [row, column] = [this.#rows.get(key), fields.indexOf(field)]
    return row === undefined || column === -1 ? undefined : this.#buffers[row * fields.length + column]
  }

  /** A moving window lets whole columns go, so that the first candle is never a part of one. */
  #slide(): void {
    if (this.plan.query.last === undefined) return
    for (const { newest = -Infinity } of this.#buffers) this.#newest = Math.max(this.#newest, newest)
    const from = this.#columnOf(this.window.from)
    for (const buffer of this.#buffers) buffer.slide(from)
  }

  #columnOf(time: number): number {
    return Math.floor(time / this.columnMs) * this.columnMs
  }
}

const nothing: SeriesPoints = { at: new Float64Array(), values: new Float64Array() }
