import type { Off, SeriesView, ViewChange, ViewQuery } from '@millrace/client'
import { MillraceError } from '@millrace/contract'
import { asMillraceError } from './as-millrace-error.ts'
import { pauseMs } from './pause.ts'
import { recordOf } from './records.ts'
import type { RoomRecord } from './room-record.ts'

/** How a view stands for the component that shows it. Another object after each change, which an increment is not. */
export interface ShownView {
  readonly view: SeriesView<unknown> | undefined
  readonly state: 'opening' | 'open' | 'refused'
  readonly error: MillraceError | undefined
}

interface Viewable {
  series(name: string): { view(query: ViewQuery<unknown>): Promise<SeriesView<unknown>> }
}

const opening: ShownView = { view: undefined, state: 'opening', error: undefined }

/** A place for a view: opened while somebody looks and the room is joined, changed where its query does. */
export class SeriesSlot {
  readonly #room: Viewable
  readonly #name: string
  readonly #record: RoomRecord
  readonly #listeners = new Set<() => void>()
  #query: ViewQuery<unknown> | undefined
  #text: string | undefined
  #shown = opening
  /** Which opening is the current one; what an earlier one brings is closed. */
  #attempt = 0
  #isOpening = false
  #refusals = 0
  #pause: ReturnType<typeof setTimeout> | undefined
  #off: Off | undefined

  constructor(room: object, name: string) {
    this.#room = room as Viewable
    this.#name = name
    this.#record = recordOf(room)
  }

  readonly get = (): ShownView => this.#shown

  /** Closes the view a microtask after the last listener has gone. */
  readonly subscribe = (changed: () => void): Off => {
    this.#listeners.add(changed)
    if (!this.#off) {
      this.#off = this.#record.on(() => this.#roomChanged())
      this.#roomChanged()
    }
    return () => {
      this.#listeners.delete(changed)
      queueMicrotask(() => {
        if (this.#listeners.size === 0) this.#end()
      })
    }
  }

  /** @param text The same for the same query. */
  wish(query: ViewQuery<unknown>, text: string): void {
    if (text === this.#text) return
    this.#query = query
    this.#text = text
    if (this.#shown.view) this.#change(this.#shown.view, query, text)
    else if (this.#off) this.#open()
  }

  /** A room that nobody shows may be joined by the application itself. */
  #roomChanged(): void {
    const isJoined = this.#record.view.status === 'joined'
    if (!isJoined && this.#shown.state === 'refused') this.#show(opening)
    const isDue = this.#shown.state === 'opening' && !this.#isOpening && !this.#pause
    if (isDue && (isJoined || !this.#record.isHeld)) this.#open()
  }

  #open(): void {
    const query = this.#query
    const text = this.#text
    if (!query || this.#isOpening) return
    clearTimeout(this.#pause)
    this.#pause = undefined
    this.#isOpening = true
    const attempt = ++this.#attempt
    this.#room
      .series(this.#name)
      .view(query)
      .then(
        (view) => {
          if (attempt !== this.#attempt) return view.close()
          this.#isOpening = false
          this.#refusals = 0
          view.on('end', (error) => this.#refused(error))
          this.#show({ view, state: 'open', error: undefined })
          if (this.#query && this.#text !== text) this.#change(view, this.#query, this.#text)
        },
        (thrown: unknown) => {
          if (attempt !== this.#attempt) return
          this.#isOpening = false
          // The code of views may be loaded later where it was not now.
          if (this.#text === text) this.#refused(asMillraceError(thrown), !(thrown instanceof MillraceError))
          else this.#open()
        },
      )
  }

  /** A query without `fields`, say, is one with all of them, whatever it was before. */
  #change(view: SeriesView<unknown>, query: ViewQuery<unknown>, text: string | undefined): void {
    const change = { fields: undefined, fps: undefined, columnMs: undefined, whenHidden: undefined, ...query }
    const told = (error: MillraceError | undefined) => {
      if (view === this.#shown.view && text === this.#text && error !== this.#shown.error)
        this.#show({ ...this.#shown, error })
    }
    view.set(change as ViewChange<unknown>).then(
      () => told(undefined),
      (thrown: unknown) => told(asMillraceError(thrown)),
    )
  }

  /** Asks again where the reason passes: with the room's next join, or after a pause. */
  #refused(error: MillraceError, isForeign = false): void {
    if (error.code === 'DISCONNECTED') return this.#show(opening)
    if (error.rule.retry !== 'backoff' && !isForeign) return this.#show({ view: undefined, state: 'refused', error })
    this.#refusals += 1
    this.#pause = setTimeout(() => this.#open(), pauseMs(this.#refusals, error.retryAfterMs))
    this.#show({ view: undefined, state: 'opening', error })
  }

  #end(): void {
    this.#attempt += 1
    this.#isOpening = false
    this.#refusals = 0
    clearTimeout(this.#pause)
    this.#pause = undefined
    this.#off?.()
    this.#off = undefined
    this.#shown.view?.close()
    this.#shown = opening
  }

  #show(shown: ShownView): void {
    if (shown === this.#shown) return
    this.#shown = shown
    for (const listener of this.#listeners) listener()
  }
}
