import type { Cancel, Clock } from '@millrace/contract'
import type { Awareness } from 'y-protocols/awareness'
import type { AwarenessState } from '../contract/index.ts'

/** Ten states a second: a cursor moves smoothly, and more would only be conflated. */
const leastGapMs = 100

/** Tells the room the local state of an `Awareness`: at most ten times a second, and always the last one. */
export class OwnState {
  readonly #awareness: Awareness
  readonly #clock: Clock
  readonly #send: (state: AwarenessState) => void
  #isIn = false
  /** JSON of what the room was told last. */
  #told = ''
  #toldAt = -Infinity
  #timer: Cancel | undefined

  constructor(awareness: Awareness, clock: Clock, send: (state: AwarenessState) => void) {
    this.#awareness = awareness
    this.#clock = clock
    this.#send = send
  }

  /** What a join carries. */
  get joining(): AwarenessState {
    const { json, state } = this.#now()
    this.#told = json
    return state
  }

  joined(): void {
    this.#isIn = true
    this.changed()
  }

  out(): void {
    this.#isIn = false
    this.#timer?.()
    this.#timer = undefined
  }

  changed(): void {
    if (!this.#isIn || this.#timer) return
    const waitMs = this.#toldAt + leastGapMs - this.#clock.monotonic()
    if (waitMs <= 0) return this.#tell()
    this.#timer = this.#clock.after(waitMs, () => {
      this.#timer = undefined
      this.#tell()
    })
  }

  #tell(): void {
    const { json, state } = this.#now()
    if (json === this.#told) return
    this.#told = json
    this.#toldAt = this.#clock.monotonic()
    this.#send(state)
  }

  /** Editors put instances of classes into the state; what travels is their JSON. */
  #now(): { json: string; state: AwarenessState } {
    const { clientID: clientId } = this.#awareness
    const json = JSON.stringify({ clientId, state: this.#awareness.getLocalState() })
    return { json, state: JSON.parse(json) as AwarenessState }
  }
}
