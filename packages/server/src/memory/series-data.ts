import { fail } from '@millrace/contract'
import type { Sample, SeriesPlan, SeriesPosition } from '../ports/time-series.ts'
import { Tracks } from '../series/tracks.ts'
import { Fanouts } from './fanouts.ts'
import { metadataMs } from './log-data.ts'
import type { Surroundings } from './opening.ts'

export interface StoredSamples {
  readonly samples: readonly Sample[]
  readonly position: SeriesPosition
}

interface StoredSeries {
  readonly tracks: Tracks
  position: SeriesPosition
  /** ms since 1970. */
  usedAt: number
}

/** All series, shared by the nodes of this process. */
export class SeriesData {
  readonly subscribers = new Fanouts<StoredSamples>()
  readonly surroundings: Surroundings
  readonly #maxSeries: number
  readonly #series = new Map<string, StoredSeries>()

  constructor(surroundings: Surroundings, maxSeries: number) {
    this.surroundings = surroundings
    this.#maxSeries = maxSeries
  }

  series(name: string, plan: SeriesPlan): StoredSeries {
    const { clock, random } = this.surroundings
    let series = this.#series.get(name)
    if (series === undefined) {
      if (this.#series.size >= this.#maxSeries)
        throw fail('OVERLOADED', `the store holds ${this.#maxSeries} series; raise maxRooms, or use fewer`)
      series = { tracks: new Tracks(plan), position: { epoch: random.id(), version: 0 }, usedAt: 0 }
      this.#series.set(name, series)
    }
    series.usedAt = clock.now()
    return series
  }

  /** Forgets what has expired, and series that are long empty and that nobody listens to. */
  sweep(): void {
    const now = this.surroundings.clock.now()
    for (const [name, { tracks, usedAt }] of this.#series) {
      tracks.sweep(now)
      const isUnused = tracks.size === 0 && now >= usedAt + metadataMs && !this.subscribers.has(name)
      if (isUnused) this.#series.delete(name)
    }
  }
}
