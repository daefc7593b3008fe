import type { Off, RoomClient } from '@millrace/client'
import { holdRoom, type Hold } from '@millrace/client/outbox'
import { fail, MillraceError, type Position, type RoomEntry } from '@millrace/contract'
import { pauseMs } from './pause.ts'
import { RoomLog, type LoggedEvent } from './room-log.ts'

/** How a room stands for those who show it. Another object after each change. */
export interface RoomView {
  readonly status: 'joining' | 'joined' | 'refused'
  readonly error: MillraceError | undefined
  readonly snapshot: unknown
}

/** A room without the types of its contract. */
export interface UntypedRoom {
  on(name: string, listener: (...args: never[]) => unknown): Off
  history(query: { readonly before?: Position | 'end'; readonly after?: Position }): Promise<PastPage>
  readonly presence?: { set(state: unknown): Promise<void> }
}

export interface PastPage {
  readonly events: readonly LoggedEvent[]
  readonly from: Position | undefined
  readonly to: Position | undefined
  readonly more: boolean
  readonly gap: unknown
}

/** Where a room is found: kept requests name it by that. */
export interface RoomAddress {
  readonly namespace: { room(name: string, params?: unknown): object }
  readonly name: string
  readonly entry: RoomEntry
}

interface Join {
  readonly presence?: unknown
}

/**
 * What was received of one room since its newest snapshot, shared by all that show it: whoever comes later finds the
 * snapshot and every event after it.
 */
export class RoomRecord {
  readonly room: UntypedRoom
  readonly log = new RoomLog()
  readonly #listeners = new Set<() => void>()
  #view: RoomView = { status: 'joining', error: undefined, snapshot: undefined }
  #join: Join | undefined
  #presenceText: string | undefined
  #holders = 0
  #hold: Hold<unknown> | undefined
  #offs: readonly Off[] = []
  #refusals = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(room: UntypedRoom) {
    this.room = room
  }

  get view(): RoomView {
    return this.#view
  }

  /** Called after each change of the view or the log. */
  on(listener: () => void): Off {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Joins with the first holder, and leaves a microtask after the last one let go. */
  hold(address: RoomAddress, join: Join | undefined): Off {
    this.#holders += 1
    if (!this.#hold) this.#begin(address, join)
    else if (join) this.setPresence(join.presence)
    return () => {
      this.#holders -= 1
      queueMicrotask(() => {
        if (this.#holders === 0) this.#end()
      })
    }
  }

  /** Tells the others, unless it is what they know. The newest one goes with every join. */
  setPresence(state: unknown): void {
    const text = JSON.stringify(state)
    if (text === this.#presenceText) return
    this.#presenceText = text
    this.#join = { presence: state }
    this.room.presence?.set(state).then(
      () => this.#view.status === 'joined' && this.#view.error && this.#show({ error: undefined }),
      (error: unknown) => this.#view.status === 'joined' && this.#show({ error: asMillraceError(error) }),
    )
  }

  /** Joins again after a refusal. */
  retry(): void {
    if (this.#view.status !== 'refused' || this.#holders === 0) return
    this.#show({ status: 'joining', error: undefined })
    this.#enter()
  }

  #begin({ entry }: RoomAddress, join: Join | undefined): void {
    this.#join = join
    this.#presenceText = JSON.stringify(join?.presence)
    const { room } = this
    this.#offs = [
      room.on('gap', ({ snapshot }: { snapshot: unknown }) => this.#restart(snapshot)),
      room.on('joined', () => this.#changed()),
      room.on('kicked', (error: MillraceError) => this.#show({ status: 'refused', error })),
      ...Object.entries(entry.events ?? {}).flatMap(([name, { delivery }]) =>
        delivery === 'durable' ? [room.on(name, (payload, meta) => this.#take(name, payload, meta))] : [],
      ),
    ]
    this.#enter()
  }

  #enter(): void {
    // The new hold comes first: one that is let go before it would leave the room in between.
    const before = this.#hold
    const hold = holdRoom(this.room as unknown as RoomClient<unknown>, this.#join as object | undefined)
    this.#hold = hold
    before?.release()
    hold.joined.then(
      ({ snapshot }) => {
        if (hold !== this.#hold) return
        this.#refusals = 0
        this.#restart(snapshot)
      },
      (error: unknown) => {
        if (hold === this.#hold) this.#refused(asMillraceError(error))
      },
    )
  }

  /** A refusal that passes is nobody's business; who is cut off for good, or may not, is told. */
  #refused(error: MillraceError): void {
    if (error.rule.retry !== 'backoff' || error.code === 'DISCONNECTED') return this.#show({ status: 'refused', error })
    this.#refusals += 1
    this.#pause = setTimeout(() => this.#enter(), pauseMs(this.#refusals, error.retryAfterMs))
  }

  #end(): void {
    clearTimeout(this.#pause)
    for (const off of this.#offs) off()
    this.#hold?.release()
    this.#hold = undefined
    this.#show({ status: 'joining', error: undefined, snapshot: undefined })
  }

  #restart(snapshot: unknown): void {
    this.log.restart()
    this.#show({ status: 'joined', error: undefined, snapshot })
  }

  #take(name: string, payload: unknown, { position, key }: { position: Position; key: string | null }): void {
    this.log.add({ name, payload, position, key })
    this.#changed()
  }

  #show(change: Partial<RoomView>): void {
    this.#view = { ...this.#view, ...change }
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

const records = new WeakMap<object, RoomRecord>()

/** The record of a room: one per room of a client. Making it joins nothing. */
export function recordOf(room: object): RoomRecord {
  const record = records.get(room) ?? new RoomRecord(room as UntypedRoom)
  records.set(room, record)
  return record
}

function asMillraceError(thrown: unknown): MillraceError {
  return thrown instanceof MillraceError ? thrown : fail('INTERNAL', String(thrown), { cause: thrown })
}
