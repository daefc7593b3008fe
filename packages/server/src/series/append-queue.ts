import { fail, type Clock } from '@millrace/contract'
import type { Sample, SeriesAppended, SeriesPlan, TimeSeries } from '../ports/time-series.ts'

/** Samples of one call of the store. */
const maxBatch = 5_000
/** Samples that may wait for a store that is slow. */
const maxWaiting = 100_000

export type Refusal = SeriesAppended['refused'][number]['why']

interface Waiting {
  readonly count: number
  readonly resolve: (refused: Refusal | undefined) => void
  readonly reject: (error: unknown) => void
}

/** Appends to one series: those of a tick, and those that come while a write is under way, travel together. */
export class AppendQueue {
  readonly #clock: Pick<Clock, 'defer'>
  readonly #append: (samples: readonly Sample[]) => Promise<SeriesAppended>
  readonly #onIdle: () => void
  #samples: Sample[] = []
  #waiting: Waiting[] = []
  #isDue = false

  constructor(
    clock: Pick<Clock, 'defer'>,
    series: Pick<TimeSeries, 'append'>,
    name: string,
    plan: SeriesPlan,
    onIdle: () => void,
  ) {
    this.#clock = clock
    this.#append = (samples) => series.append(name, samples, plan)
    this.#onIdle = onIdle
  }

  /**
   * @returns Why the store refused one of them, if it did; the others are stored.
   * @throws MillraceError `OVERLOADED`, or as the store rejects.
   */
  add(samples: readonly Sample[]): Promise<Refusal | undefined> {
    if (this.#samples.length >= maxWaiting)
      throw fail('OVERLOADED', `${this.#samples.length} samples wait for the store; append less`)
    for (const sample of samples) this.#samples.push(sample)
    if (!this.#isDue) {
      this.#isDue = true
      this.#clock.defer(() => void this.#writeAll())
    }
    return new Promise((resolve, reject) => void this.#waiting.push({ count: samples.length, resolve, reject }))
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch()
      try {
        const { refused } = await this.#append(batch.samples)
        settle(batch.waiting, refused)
      } catch (error) {
        for (const { reject } of batch.waiting) reject(error)
      }
    }
    this.#isDue = false
    this.#onIdle()
  }

  /** Whole appends, at least one. */
  #takeBatch(): { readonly samples: readonly Sample[]; readonly waiting: readonly Waiting[] } {
    let [count, appends] = [0, 0]
    for (; appends < this.#waiting.length; appends++) {
      const next = (this.#waiting[appends] as Waiting).count
      if (count > 0 && count + next > maxBatch) break
      count += next
    }
    return { samples: this.#samples.splice(0, count), waiting: this.#waiting.splice(0, appends) }
  }
}

function settle(waiting: readonly Waiting[], refused: SeriesAppended['refused']): void {
  const whys = new Map(refused.map(({ index, why }) => [index, why]))
  let index = 0
  for (const { count, resolve } of waiting) {
    let why: Refusal | undefined
    if (whys.size > 0) for (let own = index; own < index + count; own++) why ??= whys.get(own)
    index += count
    resolve(why)
  }
}
