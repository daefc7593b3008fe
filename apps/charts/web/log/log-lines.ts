import type { HistoryPage, RoomClient } from '@millrace/client'
import type { EventOutput } from '@millrace/contract'
import { cancelPaint, requestPaint } from '../frame/request-paint.ts'
import type { charts } from '../../contract.ts'

export type LogRoom = (typeof charts)['rooms']['log']

export interface LogLine extends EventOutput<LogRoom['events']['line']> {
  /** Where it stands in the room's log; unlike every other's. */
  readonly id: string
}

export interface LogState {
  /** Oldest first; at most `mostLines`. The same list until something changes. */
  readonly lines: readonly LogLine[]
  readonly hasOlder: boolean
  readonly isLoading: boolean
  /** Lines that came and are not kept by the server any more were missed. */
  readonly isBroken: boolean
}

/** A page that is open all day forgets its oldest lines. */
const mostLines = 5_000
const pageLines = 200

/** Lines of the room as they come, in batches of a frame, and older ones as they are asked for. */
export class LogLines {
  readonly #room: RoomClient<LogRoom>
  readonly #onError: (error: unknown) => void
  readonly #listeners = new Set<() => void>()
  #state: LogState = { lines: [], hasOlder: true, isLoading: false, isBroken: false }
  #arrived: LogLine[] = []
  #oldest: HistoryPage<LogRoom>['from']

  /** @param onError A page of the history that did not come; it may be asked for again. */
  constructor(room: RoomClient<LogRoom>, onError: (error: unknown) => void) {
    this.#room = room
    this.#onError = onError
  }

  /** Listens to the room. @returns What ends that. */
  open(): () => void {
    const offs = [
      this.#room.on('line', (line, { position: { epoch, offset } }) => {
        this.#arrived.push({ ...line, id: `${epoch}.${offset}` })
        requestPaint(this.#take)
      }),
      this.#room.on('gap', () => this.#set({ isBroken: true })),
    ]
    return () => {
      cancelPaint(this.#take)
      for (const off of offs) off()
    }
  }

  readonly get = (): LogState => this.#state

  readonly on = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The page before the oldest line. A call while one is under way does nothing. */
  async loadOlder(): Promise<void> {
    const { isLoading, hasOlder, lines } = this.#state
    if (isLoading || !hasOlder || lines.length >= mostLines) return
    this.#set({ isLoading: true })
    try {
      const page = await this.#room.history({ before: this.#oldest ?? 'end', limit: pageLines })
      const older = page.events.map(({ payload, position: { epoch, offset } }) => ({
        ...payload,
        id: `${epoch}.${offset}`,
      }))
      this.#oldest = page.from ?? this.#oldest
      const known = new Set(this.#state.lines.map(({ id }) => id))
      const added = older.filter(({ id }) => !known.has(id))
      this.#set({ lines: [...added, ...this.#state.lines], hasOlder: page.more, isLoading: false })
    } catch (error) {
      this.#onError(error)
      this.#set({ isLoading: false })
    }
  }

  readonly #take = (): void => {
    const { lines, hasOlder } = this.#state
    const known = new Set(lines.slice(-pageLines).map(({ id }) => id))
    const all = [...lines, ...this.#arrived.filter(({ id }) => !known.has(id))]
    this.#arrived = []
    this.#set({ lines: all.slice(-mostLines), hasOlder: hasOlder && all.length < mostLines })
  }

  #set(change: Partial<LogState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }
}
