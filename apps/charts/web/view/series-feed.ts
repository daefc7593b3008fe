import { MillraceError } from '@millrace/contract'
import type { RoomSeriesClient, SeriesView, ViewQuery } from '@millrace/client'

/** What passes with the connection, of which the page tells by itself. */
const passing: readonly string[] = ['DISCONNECTED', 'TIMEOUT', 'UNAVAILABLE', 'OUTCOME_UNKNOWN']
const againAfterMs = 1_000

/** A view of a series that is opened with the first question and follows the next ones. */
export class SeriesFeed<S> {
  readonly #series: RoomSeriesClient<S>
  readonly #onError: (error: unknown) => void
  readonly #listeners = new Set<() => void>()
  #view: SeriesView<S> | undefined
  #query: ViewQuery<S> | undefined
  #isOpening = false
  #isHeld = false
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param onError A question was refused, and will not be asked again. */
  constructor(series: RoomSeriesClient<S>, onError: (error: unknown) => void) {
    this.#series = series
    this.#onError = onError
  }

  /** Undefined until the first answer. What it holds stays until the answer to a newer question. */
  get view(): SeriesView<S> | undefined {
    return this.#view
  }

  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  ask(query: ViewQuery<S>): void {
    this.#query = query
    if (this.#view) this.#view.set(query).catch(this.#failed)
    else if (this.#isHeld && !this.#isOpening) void this.#open(query)
  }

  /** From now on questions are asked. @returns What ends that and the view. */
  hold(): () => void {
    this.#isHeld = true
    if (this.#query) this.ask(this.#query)
    return () => {
      this.#isHeld = false
      clearTimeout(this.#timer)
      this.#timer = undefined
      this.#view?.close()
      this.#view = undefined
    }
  }

  async #open(query: ViewQuery<S>): Promise<void> {
    this.#isOpening = true
    try {
      const view = await this.#series.view(query)
      if (!this.#isHeld) return view.close()
      this.#view = view
      view.on('change', this.#tell)
      view.on('end', () => (this.#view = undefined))
      if (this.#query && this.#query !== query) this.ask(this.#query)
      this.#tell()
    } catch (error) {
      this.#failed(error)
    } finally {
      this.#isOpening = false
    }
  }

  readonly #failed = (error: unknown): void => {
    if (!this.#isHeld) return
    if (!(error instanceof MillraceError) || !passing.includes(error.code)) return this.#onError(error)
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      if (this.#query) this.ask(this.#query)
    }, againAfterMs)
  }

  readonly #tell = (): void => {
    for (const listener of this.#listeners) listener()
  }
}
