import type { RoomClient } from '@millrace/client'
import { holdRoom, type Hold } from '@millrace/client/outbox'
import type { MillraceError } from '@millrace/contract'
import { asMillraceError } from './as-millrace-error.ts'
import { pauseMs } from './pause.ts'
import type { Join, UntypedRoom } from './untyped-room.ts'

export interface EntranceEvents {
  joined(snapshot: unknown): void
  /** For good, or until somebody asks again. */
  refused(error: MillraceError): void
}

/** Holds a room, and asks again where it was refused for a reason that passes. */
export class RoomEntrance {
  readonly #room: UntypedRoom
  readonly #join: () => Join | undefined
  readonly #events: EntranceEvents
  #hold: Hold<unknown> | undefined
  #refusals = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(room: UntypedRoom, join: () => Join | undefined, events: EntranceEvents) {
    this.#room = room
    this.#join = join
    this.#events = events
  }

  /** Takes hold, anew where it has hold already. */
  enter(): void {
    const before = this.#hold
    const hold = holdRoom(this.#room as unknown as RoomClient<unknown>, this.#join() as object | undefined)
    this.#hold = hold
    // The new hold comes first: with the old one gone the room would be left in between.
    before?.release()
    hold.joined.then(
      ({ snapshot }) => {
        if (hold !== this.#hold) return
        this.#refusals = 0
        this.#events.joined(snapshot)
      },
      (thrown: unknown) => {
        if (hold === this.#hold) this.#refused(asMillraceError(thrown))
      },
    )
  }

  leave(): void {
    clearTimeout(this.#pause)
    this.#hold?.release()
    this.#hold = undefined
    this.#refusals = 0
  }

  /** `DISCONNECTED` passes only where the application connects again. */
  #refused(error: MillraceError): void {
    if (error.rule.retry !== 'backoff' || error.code === 'DISCONNECTED') return this.#events.refused(error)
    this.#refusals += 1
    this.#pause = setTimeout(() => this.enter(), pauseMs(this.#refusals, error.retryAfterMs))
  }
}
