import { Fanouts, type Sample, type SeriesAppended, type SeriesPlan, type SeriesPosition } from '@millrace/server'
import { packSamples } from './packed-samples.ts'
import { PendingDeliveries } from './pending-deliveries.ts'
import type { Operation } from './protocol.ts'
import type { Ask } from './sqlite-log-data.ts'

interface StoredSamples {
  readonly samples: readonly Sample[]
  readonly position: SeriesPosition
}

/** Appends of samples, and the delivery of what was committed. */
export class SqliteSeriesData {
  readonly subscribers = new Fanouts<StoredSamples | 'missed'>()
  readonly #ask: Ask
  readonly #committed = new PendingDeliveries<StoredSamples>()
  /** Series of which samples may have been committed without being told. */
  readonly #untold = new Set<string>()

  constructor(ask: Ask) {
    this.#ask = ask
  }

  get names(): string[] {
    return this.subscribers.subjects
  }

  async append(series: string, samples: readonly Sample[], plan: SeriesPlan): Promise<SeriesAppended> {
    const told = [...samples]
    const ask = { kind: 'appendSamples', series, plan, ...packSamples(told) } as const
    const { position, refused } = await this.#ask(ask, (answer) => {
      if (!this.subscribers.has(series) || answer.passed.length === told.length) return
      const passed = new Set(answer.passed)
      const stored = passed.size === 0 ? told : told.filter((_, index) => !passed.has(index))
      this.#committed.add(series, { samples: stored, position: answer.position })
    })
    return { position, refused }
  }

  /** After every operation of a commit has its answer. */
  deliver(): void {
    this.#committed.deliver((series, appends) => {
      for (const append of appends) this.subscribers.send(series, append)
    })
  }

  lost(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (operation.kind === 'appendSamples') this.#untold.add(operation.series)
    }
  }

  repair(): void {
    for (const series of this.#untold) this.subscribers.send(series, 'missed')
    this.#untold.clear()
  }
}
