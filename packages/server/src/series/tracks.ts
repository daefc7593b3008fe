import type { Sample, SeriesAppended, SeriesPlan, SeriesQuery } from '../ports/time-series.ts'
import { levelsOf } from './levels.ts'
import { readTracks } from './read-tracks.ts'
import { Track } from './track.ts'

export interface TakenSamples {
  /** What changed something, in the order in which it came. */
  readonly stored: readonly Sample[]
  readonly refused: SeriesAppended['refused']
}

/** The tracks of one series. */
export class Tracks {
  readonly #plan: SeriesPlan
  readonly #levels: readonly number[]
  readonly #byName = new Map<string, Track>()

  constructor(plan: SeriesPlan) {
    this.#plan = plan
    this.#levels = levelsOf(plan)
  }

  get size(): number {
    return this.#byName.size
  }

  get bytes(): number {
    return [...this.#byName.values()].reduce((bytes, track) => bytes + track.bytes, 0)
  }

  /** @param now ms since 1970: tracks that have expired make room for new ones. */
  append(samples: readonly Sample[], now: number): TakenSamples {
    const stored: Sample[] = []
    const refused: { index: number; why: 'backwards' | 'full' }[] = []
    samples.forEach((sample, index) => {
      const track = this.#byName.get(sample.track) ?? this.#create(sample.track, now)
      const taken = track === undefined ? 'full' : track.add(sample.at, sample.value)
      if (taken === 'stored') stored.push(sample)
      else if (taken !== 'known') refused.push({ index, why: taken })
    })
    return { stored, refused }
  }

  read(query: SeriesQuery, now: number, makeRoom?: (numbers: number) => Float64Array): Float64Array[] {
    const from = Math.max(query.from, now - this.#plan.retentionMs)
    return readTracks(
      query.tracks.map((name) => this.#byName.get(name)),
      { ...query, from },
      makeRoom,
    )
  }

  /** Drops what is older than what is kept, and tracks that have nothing newer. */
  sweep(now: number): void {
    const oldest = now - this.#plan.retentionMs
    for (const [name, track] of this.#byName) {
      if (track.newestAt < oldest) this.#byName.delete(name)
      else track.sweep(now)
    }
  }

  #create(name: string, now: number): Track | undefined {
    if (this.#byName.size >= this.#plan.maxTracks) this.sweep(now)
    if (this.#byName.size >= this.#plan.maxTracks) return undefined
    const track = new Track(this.#levels, this.#plan)
    this.#byName.set(name, track)
    return track
  }
}
