import { fail, MillraceError } from '@millrace/contract'
import {
  Fanouts,
  type Sample,
  type SeriesAppended,
  type SeriesListener,
  type SeriesPage,
  type SeriesPlan,
  type SeriesPosition,
  type SeriesQuery,
  type Subscription,
  type TimeSeries,
} from '@millrace/server'
import { HeardTails, type Suspect } from './heard-tails.ts'
import type { LiveRooms } from './live-rooms.ts'
import { finite } from './lua-number.ts'
import { appendSamples } from './lua/append-samples.ts'
import { readSeries } from './read-series.ts'
import { bufferList, readNumber, textOf } from './replies.ts'
import { birthOf, rollupsOf } from './series-chunks.ts'
import { decodeRefused, decodeSamples, encodeSamples, type HeardSamples, type SampleBatch } from './series-text.ts'
import type { StoreParts } from './store-parts.ts'

export class RedisTimeSeries implements TimeSeries {
  readonly #parts: StoreParts
  readonly #live: LiveRooms
  readonly #subscribers = new Fanouts<HeardSamples | 'missed'>()
  /** The newest version of each series that was heard. */
  readonly #newest = new Map<string, SeriesPosition>()
  /** Epoch, version and id, as Redis keeps them. */
  readonly #heard = new HeardTails<string>({
    listeners: this.#subscribers,
    tails: (series) => Promise.all(series.map((name) => this.#tail(name))),
    isSame: (a, b) => a === b,
    repair: async (series) => this.#subscribers.send(series, 'missed'),
  })

  constructor(parts: StoreParts, live: LiveRooms) {
    this.#parts = parts
    this.#live = live
    live.on('t', (series, body) => {
      const heard = decodeSamples(body)
      if (heard !== undefined) this.#deliver(series, heard)
      return heard !== undefined
    })
  }

  async append(series: string, samples: readonly Sample[], plan: SeriesPlan): Promise<SeriesAppended> {
    this.#parts.opening.assertOpen()
    const startMs = this.#parts.commands.start()
    let batch = encodeSamples(samples)
    let appended = await this.#append(series, batch, plan, 0, startMs)
    while (batch.end < samples.length) {
      const start = batch.end
      batch = encodeSamples(samples, start)
      const next = await this.#append(series, batch, plan, start, startMs).catch((error: unknown) => {
        throw partly(error)
      })
      appended = { position: next.position, refused: [...appended.refused, ...next.refused] }
    }
    return appended
  }

  async read(series: string, query: SeriesQuery, plan: SeriesPlan): Promise<SeriesPage> {
    this.#parts.opening.assertOpen()
    return readSeries(this.#parts, series, query, plan)
  }

  async subscribe(series: string, listener: SeriesListener): Promise<Subscription> {
    const subscription = await this.#live.subscribe(this.#subscribers, series, (heard) => {
      if (heard === 'missed') listener.missed?.()
      else listener.samples(heard.samples, heard.position)
    })
    const close = async (): Promise<void> => {
      await subscription.close()
      if (!this.#subscribers.has(series)) this.#newest.delete(series)
    }
    return this.#heard.watch(series, { close }, this.#tail(series))
  }

  /** Series of which less was heard than appended. */
  suspects(): Promise<readonly Suspect[]> {
    return this.#heard.suspects()
  }

  async #append(
    series: string,
    { names: tracks, samples }: SampleBatch,
    plan: SeriesPlan,
    firstIndex: number,
    startMs: number,
  ): Promise<SeriesAppended> {
    const { names, commands, random, settings } = this.#parts
    const rollups = rollupsOf(plan)
    const id = random.id()
    // An attempt whose answer was lost is repeated, and stores nothing where the first one did.
    const keys = [names.series(series), names.live(series), names.room(series, `batch:${id}`)]
    const args = [
      ...birthOf(plan, random),
      finite(plan.maxTracks),
      finite(plan.retentionMs),
      finite(settings.deadlineMs * 2),
      names.points(series, ''),
      samples,
      id,
      ...rollups.map(({ widthMs }) => String(widthMs)),
      ...rollups.map(({ spanMs }) => String(spanMs)),
      ...rollups.map(({ keptMs }) => finite(keptMs)),
      ...tracks,
    ]
    const [epoch, version, refused] = bufferList(
      await commands.run(appendSamples, keys, args, 'repeatable', startMs),
      3,
    )
    return {
      position: { epoch: textOf(epoch), version: readNumber(version) },
      refused: decodeRefused(refused ?? Buffer.alloc(0), firstIndex),
    }
  }

  #deliver(series: string, heard: HeardSamples): void {
    if (!this.#subscribers.has(series)) return
    const { position, id } = heard
    this.#heard.heard(series, `${position.epoch} ${position.version} ${id}`)
    this.#subscribers.send(series, heard)
    const newest = this.#newest.get(series)
    // A failover lost some of what was heard: listeners take for known what is not.
    if (newest?.epoch === position.epoch && newest.version >= position.version) this.#subscribers.send(series, 'missed')
    else this.#newest.set(series, position)
  }

  async #tail(series: string): Promise<string> {
    const { names, commands } = this.#parts
    const head = await commands.call('hget', [names.series(series), ''], 'read')
    return typeof head === 'string' ? head.split(' ', 3).join(' ') : ''
  }
}

/** Of a batch that was sent in parts, the first of which are stored. */
function partly(error: unknown): unknown {
  if (!(error instanceof MillraceError) || error.code === 'OUTCOME_UNKNOWN') return error
  return fail('OUTCOME_UNKNOWN', `a part of the samples is stored, and then: ${error.message}`, { cause: error })
}
