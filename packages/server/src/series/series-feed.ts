import type { SeriesEntry } from '@millrace/contract'
import type { Node } from '../node.ts'
import type { Subscription } from '../ports/event-log.ts'
import type { Sample, SeriesPosition } from '../ports/time-series.ts'
import type { LiveTrack } from './live-track.ts'
import { seriesKey } from './series-name.ts'
import type { ViewGroup } from './view-group.ts'

interface Ear {
  readonly group: ViewGroup
  readonly track: LiveTrack
}

/** What the store tells of one series, for all views of it in one room. */
export class SeriesFeed {
  readonly #node: Node
  readonly #key: string
  readonly #groups = new Set<ViewGroup>()
  readonly #ears = new Map<string, readonly Ear[]>()
  #position: SeriesPosition | undefined
  #opened: Promise<Subscription> | undefined

  constructor(node: Node, room: string, name: string, entry: SeriesEntry) {
    this.#node = node
    this.#key = seriesKey(room, name, entry)
  }

  get isUnused(): boolean {
    return this.#groups.size === 0
  }

  /** Resolves once it hears every later append; after a fault it may be called again. */
  async open(): Promise<void> {
    this.#opened ??= this.#node.store.series.subscribe(this.#key, {
      samples: (samples, position) => this.#heard(samples, position),
      missed: () => this.#lost(),
    })
    try {
      await this.#opened
    } catch (error) {
      this.#opened = undefined
      throw error
    }
  }

  async close(): Promise<void> {
    const opened = this.#opened
    this.#groups.clear()
    this.#ears.clear()
    await (await opened?.catch(() => undefined))?.close()
  }

  add(group: ViewGroup, tracks: readonly string[]): void {
    this.#groups.add(group)
    tracks.forEach((name, index) => {
      const track = group.tracks[index]
      if (track) this.#ears.set(name, [...(this.#ears.get(name) ?? []), { group, track }])
    })
  }

  remove(group: ViewGroup, tracks: readonly string[]): void {
    this.#groups.delete(group)
    for (const name of new Set(tracks)) {
      const left = (this.#ears.get(name) ?? []).filter((ear) => ear.group !== group)
      if (left.length > 0) this.#ears.set(name, left)
      else this.#ears.delete(name)
    }
  }

  /** An answer of the store says where the series stands. */
  seen(position: SeriesPosition): void {
    if (this.#position === undefined) this.#position = position
    else if (position.epoch !== this.#position.epoch) this.#anew(position)
  }

  #heard(samples: readonly Sample[], position: SeriesPosition): void {
    const known = this.#position
    if (known?.epoch === position.epoch) {
      if (position.version <= known.version) return
      if (position.version > known.version + 1) this.#missed()
    } else if (known !== undefined) this.#anew(position)
    this.#position = position
    for (const sample of samples) {
      const ears = this.#ears.get(sample.track)
      if (ears) for (const { group, track } of ears) group.heard(track, sample)
    }
  }

  /** A store that lost its newest versions makes them again: the next one counts, whichever it is. */
  #lost(): void {
    this.#missed()
    if (this.#position) this.#position = { epoch: this.#position.epoch, version: Number.NaN }
  }

  #missed(): void {
    for (const group of this.#groups) group.holes.missed()
  }

  #anew(position: SeriesPosition): void {
    this.#position = position
    for (const group of this.#groups) group.anew(position.epoch)
  }
}
