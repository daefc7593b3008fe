import type { Off } from '@millrace/client'
import type { MillraceError, Position } from '@millrace/contract'
import { asMillraceError } from './as-millrace-error.ts'
import { RoomEntrance } from './room-entrance.ts'
import { RoomLog } from './room-log.ts'
import type { Join, RoomAddress, UntypedRoom } from './untyped-room.ts'

/** How a room stands for those who show it. Another object after each change. */
export interface RoomView {
  readonly status: 'joining' | 'joined' | 'refused'
  readonly error: MillraceError | undefined
  readonly snapshot: unknown
}

/**
 * What was received of one room since its newest snapshot, shared by all that show it: whoever comes later finds the
 * snapshot and every event after it.
 */
export class RoomRecord {
  readonly room: UntypedRoom
  readonly log = new RoomLog()
  readonly #entrance: RoomEntrance
  readonly #listeners = new Set<() => void>()
  #view: RoomView = { status: 'joining', error: undefined, snapshot: undefined }
  #visits = 0
  #join: Join | undefined
  #presenceText: string | undefined
  #holders = 0
  #offs: readonly Off[] | undefined

  constructor(room: UntypedRoom) {
    this.room = room
    this.#entrance = new RoomEntrance(room, () => this.#join, {
      joined: (snapshot) => this.#restart(snapshot),
      refused: (error) => this.#refused(error),
    })
  }

  get view(): RoomView {
    return this.#view
  }

  get isHeld(): boolean {
    return this.#offs !== undefined
  }

  /** Counts joins, those after reconnects too: what failed before may be asked for again. */
  get visits(): number {
    return this.#visits
  }

  /** Called after each change. */
  on(listener: () => void): Off {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Joins with the first holder, and leaves a microtask after the last one let go. What is known stays until the next join. */
  hold(address: RoomAddress, join: Join | undefined, left: (record: RoomRecord) => void): Off {
    this.#holders += 1
    if (!this.#offs) this.#begin(address, join)
    else if (join) this.setPresence(join.presence)
    return () => {
      this.#holders -= 1
      queueMicrotask(() => {
        if (this.#holders > 0) return
        this.#end()
        left(this)
      })
    }
  }

  /** Tells the others, unless it is what they know. The newest one goes with every join. */
  setPresence(state: unknown): void {
    const text = JSON.stringify(state)
    if (text === this.#presenceText) return
    this.#presenceText = text
    this.#join = { presence: state }
    const told = (error: MillraceError | undefined) => {
      if (this.#view.status === 'joined' && this.#view.error !== error) this.#show({ error })
    }
    this.room.presence?.set(state).then(
      () => told(undefined),
      (thrown: unknown) => {
        const error = asMillraceError(thrown)
        // What the network prevents goes with the next join.
        if (error.rule.fault !== 'nobody') told(error)
      },
    )
  }

  /** Joins again after a refusal. */
  retry(): void {
    if (this.#view.status !== 'refused' || !this.#offs) return
    this.#show({ status: 'joining', error: undefined })
    this.#entrance.enter()
  }

  /** Nothing is known any more, until the next join. */
  forget(): void {
    this.log.end()
    this.#show({ snapshot: undefined })
  }

  #begin({ entry }: RoomAddress, join: Join | undefined): void {
    this.#join = join
    this.#presenceText = JSON.stringify(join?.presence)
    const { room } = this
    this.#offs = [
      room.on('gap', ({ snapshot }: { snapshot: unknown }) => this.#restart(snapshot)),
      room.on('joined', () => {
        this.#visits += 1
        this.#changed()
      }),
      room.on('kicked', (error: MillraceError) => this.#refused(error)),
      ...Object.entries(entry.events ?? {}).flatMap(([name, { delivery }]) =>
        delivery === 'durable' ? [room.on(name, (payload, meta) => this.#take(name, payload, meta))] : [],
      ),
    ]
    this.#entrance.enter()
  }

  #end(): void {
    for (const off of this.#offs ?? []) off()
    this.#offs = undefined
    this.#entrance.leave()
    this.#show({ status: 'joining', error: undefined })
  }

  #restart(snapshot: unknown): void {
    this.log.restart()
    this.#visits += 1
    this.#show({ status: 'joined', error: undefined, snapshot })
  }

  /** Who is not let in sees nothing of it any more. */
  #refused(error: MillraceError): void {
    this.forget()
    this.#show({ status: 'refused', error })
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
