import type {
  Opening,
  Sample,
  SeriesAppended,
  SeriesListener,
  SeriesPage,
  SeriesPlan,
  SeriesQuery,
  Subscription,
  TimeSeries,
} from '@millrace/server'
import type { SqliteCore } from './sqlite-core.ts'

export class SqliteTimeSeries implements TimeSeries {
  readonly #core: SqliteCore
  readonly #opening: Opening

  constructor(core: SqliteCore, opening: Opening) {
    this.#core = core
    this.#opening = opening
  }

  async append(series: string, samples: readonly Sample[], plan: SeriesPlan): Promise<SeriesAppended> {
    this.#opening.assertOpen()
    return this.#core.series.append(series, samples, plan)
  }

  async read(series: string, query: SeriesQuery, plan: SeriesPlan): Promise<SeriesPage> {
    this.#opening.assertOpen()
    return this.#core.ask({ kind: 'readSeries', series, query, plan })
  }

  async subscribe(series: string, listener: SeriesListener): Promise<Subscription> {
    return this.#opening.subscribe(this.#core.series.subscribers, series, (news) => {
      if (news === 'missed') listener.missed?.()
      else listener.samples(news.samples, news.position)
    })
  }
}
