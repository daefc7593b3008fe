import type { Clock, Random } from '@millrace/contract'
import { removeAwarenessStates, type Awareness } from 'y-protocols/awareness'
import type { AwarenessState } from '../contract/index.ts'
import { drawClientId, renewClientId } from './client-id.ts'
import type { Replica } from './compare-with-server.ts'
import { OwnState } from './own-state.ts'
import { RemoteStates } from './remote-states.ts'

export interface RoomAwarenessParts extends Replica {
  readonly awareness: Awareness
  readonly clock: Clock
  readonly random: Random
  readonly report: (thrown: unknown) => void
}

/** Makes the presence of a room the awareness of a replica, and its own state a part of that presence. */
export class RoomAwareness {
  readonly #parts: RoomAwarenessParts
  readonly #own: OwnState
  readonly #remote: RemoteStates
  #isIn = false

  constructor(parts: RoomAwarenessParts) {
    const { awareness, room, origin, clock, random, report } = parts
    const send = (state: AwarenessState) => room.presence.set(state)
    this.#parts = parts
    this.#own = new OwnState({ awareness, spareId: drawClientId(random), clock, send, report })
    this.#remote = new RemoteStates(awareness, origin)
  }

  /** What a first join carries; `isBare`: without the state, which is told then. */
  joining(isBare?: boolean): AwarenessState {
    return this.#own.joining(isBare)
  }

  joined(): void {
    this.#isIn = true
    this.#own.joined()
    this.show()
  }

  /** Nobody is seen without a connection. */
  out(): void {
    this.#isIn = false
    this.#own.out()
    this.#remote.clear()
  }

  /** Of this replica or of others; `origin` is of the awareness's event. */
  changed(origin: unknown): void {
    if (origin !== this.#parts.origin) this.#own.changed()
  }

  show(): void {
    if (this.#isIn) this.#remote.show(this.#parts.room.presence.members())
  }

  /** This replica goes on under another client id. */
  renew(): void {
    renewClientId(this.#parts.awareness, this.#parts.random)
  }

  end(): void {
    const { awareness } = this.#parts
    removeAwarenessStates(awareness, [awareness.clientID], 'local')
  }
}
