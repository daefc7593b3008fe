import type { Clock } from '@millrace/contract'
import type { Sample, SeriesPlan, TimeSeries } from '../ports/time-series.ts'
import { AppendQueue, type Refusal } from './append-queue.ts'

/** Everything that this process appends. */
export class SeriesAppends {
  readonly clock: Clock
  readonly #series: TimeSeries
  readonly #count: (samples: number) => void
  /** Those with something to write. */
  readonly #queues = new Map<string, AppendQueue>()

  /** @param count Is told how many samples were given. */
  constructor(clock: Clock, series: TimeSeries, count: (samples: number) => void = () => {}) {
    this.clock = clock
    this.#series = series
    this.#count = count
  }

  /** As `AppendQueue.add`. */
  add(name: string, samples: readonly Sample[], plan: SeriesPlan): Promise<Refusal | undefined> {
    let queue = this.#queues.get(name)
    if (queue === undefined) {
      queue = new AppendQueue(this.clock, this.#series, name, plan, () => void this.#queues.delete(name))
      this.#queues.set(name, queue)
    }
    this.#count(samples.length)
    return queue.add(samples)
  }
}
