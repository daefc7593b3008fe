import { MillraceError, type Cancel, type Clock } from '@millrace/contract'
import type { Awareness } from 'y-protocols/awareness'
import type { AwarenessState } from '../contract/index.ts'

/** Ten states a second: a cursor moves smoothly, and more would only be conflated. */
const leastGapMs = 100
/** Until a state that was refused for a passing reason is told again. */
const retryMs = 1_000

export interface OwnStateParts {
  readonly awareness: Awareness
  /** A client id that nobody writes with. */
  readonly spareId: number
  readonly clock: Clock
  readonly send: (state: AwarenessState) => Promise<void>
  readonly report: (thrown: unknown) => void
}

/** Tells the room the local state of an `Awareness`: at most ten times a second, and always the last one. */
export class OwnState {
  readonly #parts: OwnStateParts
  #isIn = false
  /** JSON of what the room was told last. */
  #told = ''
  /** Monotonic, ms. */
  #notBefore = -Infinity
  #timer: Cancel | undefined

  constructor(parts: OwnStateParts) {
    this.#parts = parts
  }

  /** What a first join carries; `isBare`: without the state, which is told then. */
  joining(isBare = false): AwarenessState {
    const { json, state } = this.#now()
    this.#told = isBare ? '' : json
    return isBare ? { ...state, state: null } : state
  }

  joined(): void {
    this.#isIn = true
    this.changed()
  }

  /**
   * What the client's next join carries by itself is nothing, under the spare id. Who shows an id owns it: in a store that lost everything
   * each replica would own its own at once, and none could bring back what several have written.
   */
  out(): void {
    this.#isIn = false
    this.#timer?.()
    this.#timer = undefined
    this.#told = ''
    this.#send({ clientId: this.#parts.spareId, state: null })
  }

  changed(): void {
    if (!this.#isIn || this.#timer) return
    const waitMs = this.#notBefore - this.#parts.clock.monotonic()
    if (waitMs <= 0) return this.#tell()
    this.#timer = this.#parts.clock.after(waitMs, () => {
      this.#timer = undefined
      this.#tell()
    })
  }

  #tell(): void {
    const { json, state } = this.#now()
    if (json === this.#told) return
    this.#told = json
    this.#pauseFor(leastGapMs)
    this.#send(state)
  }

  #send(state: AwarenessState): void {
    const { send, report } = this.#parts
    send(state).catch((thrown: unknown) => {
      // Who is out of the room, perhaps since it was sent, says it with the next join.
      if (!this.#isIn) return
      if (!(thrown instanceof MillraceError) || thrown.rule.retry !== 'backoff') return report(thrown)
      this.#told = ''
      this.#pauseFor(retryMs)
      this.changed()
    })
  }

  #pauseFor(ms: number): void {
    this.#notBefore = this.#parts.clock.monotonic() + ms
  }

  /** Editors put instances of classes into the state; what travels is their JSON. */
  #now(): { json: string; state: AwarenessState } {
    const { awareness } = this.#parts
    const json = JSON.stringify({ clientId: awareness.clientID, state: awareness.getLocalState() })
    return { json, state: JSON.parse(json) as AwarenessState }
  }
}
