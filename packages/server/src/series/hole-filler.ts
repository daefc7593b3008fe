import type { Node } from '../node.ts'
import type { SeriesPosition } from '../ports/time-series.ts'
import type { LiveTrack } from './live-track.ts'
import type { ViewPage } from './view-reads.ts'

/** Pause after a read that failed, ms. */
const retryMs = 1_000

/** What filling a hole needs of a group. */
export interface Holed {
  readonly tracks: readonly LiveTrack[]
  isUnused(): boolean
  /** The beginning of the oldest window. */
  beginning(): number
  read(from: number): Promise<ViewPage>
  /** Whether the series is still the same one; the group deals with another one. */
  isContinued(position: SeriesPosition): boolean
  changed(track: LiveTrack): void
}

/** Reads what the store did not tell, once however often that happens meanwhile. */
export class HoleFiller {
  readonly #node: Node
  readonly #group: Holed
  #isDue = false
  #isFilling = false

  constructor(node: Node, group: Holed) {
    this.#node = node
    this.#group = group
  }

  /** Samples were lost, or never heard: what they changed is read. */
  missed(tracks: readonly LiveTrack[] = this.#group.tracks): void {
    for (const track of tracks) track.markHole()
    this.#isDue = true
    void this.#fillAll()
  }

  /** A column of which some viewer sees a part is read where its beginning is not known. */
  complete(track: LiveTrack): void {
    const { partialFrom, holeFrom } = track
    if (Number.isNaN(partialFrom) || !Number.isNaN(holeFrom)) return
    if (partialFrom >= this.#group.beginning()) this.missed([track])
  }

  async #fillAll(): Promise<void> {
    if (this.#isFilling) return
    this.#isFilling = true
    try {
      while (this.#isDue && !this.#group.isUnused()) {
        this.#isDue = false
        await this.#fill()
      }
    } catch (error) {
      this.#node.report(error)
      this.#isDue = true
      this.#node.rooms.later(retryMs, () => void this.#fillAll())
    } finally {
      this.#isFilling = false
    }
  }

  async #fill(): Promise<void> {
    const { tracks } = this.#group
    const oldest = this.#group.beginning()
    // Infinity: there is none, or none any more.
    const holes = tracks.map(({ holeFrom }) => (Number.isNaN(holeFrom) ? Infinity : Math.max(oldest, holeFrom)))
    const first = Math.min(...holes)
    if (first === Infinity) return
    const page = await this.#group.read(first)
    if (!this.#group.isContinued(page.position)) return
    tracks.forEach((track, index) => {
      const from = holes[index] as number
      if (from === Infinity) return
      if (!this.#isDue) track.holeFrom = Number.NaN
      if (!track.load(page.pointsFrom(index, from), from)) return
      track.changedFrom = Math.min(track.changedFrom, from)
      this.#group.changed(track)
    })
  }
}
