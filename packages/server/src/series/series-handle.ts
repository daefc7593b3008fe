import { fail, type SeriesEntry } from '@millrace/contract'
import type { Sample, SeriesPlan } from '../ports/time-series.ts'
import { parseSeriesKey } from './parse-key.ts'
import type { SeriesAppends } from './series-appends.ts'
import { planOf, seriesKey, trackName } from './series-name.ts'

/** A sample may be so far ahead of the server's clock, ms. */
const maxAheadMs = 60_000

/** One series of one room. The typed face is `TypedSeriesHandle`. */
export class SeriesHandle {
  readonly #appends: SeriesAppends
  readonly #name: string
  readonly #entry: SeriesEntry
  readonly #plan: SeriesPlan
  readonly #key: string

  constructor(appends: SeriesAppends, room: string, name: string, entry: SeriesEntry) {
    this.#appends = appends
    this.#name = name
    this.#entry = entry
    this.#plan = planOf(entry)
    this.#key = seriesKey(room, name, entry)
  }

  async append(key: unknown, at: unknown, values: unknown): Promise<void> {
    const samples = this.#samples(parseSeriesKey(this.#name, this.#entry, key), this.#time(at), values)
    const refused = await this.#appends.add(this.#key, samples, this.#plan)
    if (refused === 'backwards')
      throw fail('INVALID_INPUT', `time goes backwards in "${this.#name}": a newer number is stored; append in order`)
    if (refused === 'full')
      throw fail('OVERLOADED', `"${this.#name}" holds ${this.#entry.maxKeys} keys; raise its maxKeys, or use fewer`)
  }

  #time(at: unknown): number {
    if (!Number.isSafeInteger(at))
      throw fail('INVALID_INPUT', `the time of "${this.#name}" must be whole milliseconds since 1970`)
    const ageMs = this.#appends.clock.now() - (at as number)
    if (ageMs < -maxAheadMs)
      throw fail('INVALID_INPUT', `the time is ${-ageMs} ms ahead of the server's clock; set the clock that made it`)
    if (ageMs > this.#plan.retentionMs)
      throw fail(
        'INVALID_INPUT',
        `the time is older than "${this.#name}" keeps; raise its retentionMs, or leave it out`,
      )
    return at as number
  }

  #samples(key: string, at: number, values: unknown): Sample[] {
    if (typeof values !== 'object' || values === null)
      throw fail('INVALID_INPUT', `the numbers of "${this.#name}" are given as { field: number }`)
    const samples = Object.entries(values).map(([field, value]: [string, unknown]): Sample => {
      if (!this.#entry.fields.includes(field))
        throw fail('INVALID_INPUT', `"${this.#name}" declares no field of that name`, { path: field })
      if (!Number.isFinite(value))
        throw fail('INVALID_INPUT', `${field} of "${this.#name}" must be a finite number`, { path: field })
      // Minus zero would not equal itself after a way through JSON.
      return { track: trackName(field, key), at, value: (value as number) + 0 }
    })
    if (samples.length === 0)
      throw fail('INVALID_INPUT', `give one of ${this.#entry.fields.join(', ')} of "${this.#name}" at least`)
    return samples
  }
}
