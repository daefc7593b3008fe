import type { Subscription } from '../ports/event-log.ts'
import type {
  Sample,
  SeriesAppended,
  SeriesListener,
  SeriesPage,
  SeriesPlan,
  SeriesQuery,
  TimeSeries,
} from '../ports/time-series.ts'
import { ReadRoom } from '../series/read-room.ts'
import type { Opening } from './opening.ts'
import type { SeriesData } from './series-data.ts'

export class MemoryTimeSeries implements TimeSeries {
  readonly #data: SeriesData
  readonly #opening: Opening
  readonly #room = new ReadRoom()

  constructor(data: SeriesData, opening: Opening) {
    this.#data = data
    this.#opening = opening
  }

  async append(name: string, samples: readonly Sample[], plan: SeriesPlan): Promise<SeriesAppended> {
    this.#opening.assertOpen()
    const series = this.#data.series(name, plan)
    const { stored, refused } = series.tracks.append(samples, this.#data.surroundings.clock.now())
    if (stored.length > 0) {
      const { epoch, version } = series.position
      series.position = { epoch, version: version + 1 }
      this.#data.subscribers.send(name, { samples: stored, position: series.position })
    }
    return { position: series.position, refused }
  }

  async read(name: string, query: SeriesQuery, plan: SeriesPlan): Promise<SeriesPage> {
    this.#opening.assertOpen()
    const { tracks, position } = this.#data.series(name, plan)
    let room: Float64Array | undefined
    const makeRoom = (numbers: number): Float64Array => (room = this.#room.take(numbers))
    const page = { position, tracks: tracks.read(query, this.#data.surroundings.clock.now(), makeRoom) }
    const release = (): void => {
      if (room) this.#room.giveBack(room)
      room = undefined
    }
    return { ...page, release }
  }

  async subscribe(name: string, listener: SeriesListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#data.subscribers, name, ({ samples, position }) =>
      listener.samples(samples, position),
    )
  }
}
