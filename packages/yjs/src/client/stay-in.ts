import type { Cancel, Clock, MillraceError, Random } from '@millrace/contract'
import type { Off } from '@millrace/client'
import type { DocumentRoom } from './document-room.ts'
import type { AwarenessState } from '../contract/index.ts'
import { transition, type ProviderEvent, type ProviderStatus } from './provider-status.ts'
import { retryDelayMs } from './retry-delay.ts'

export interface Stay {
  /** What a join says of this replica; `isBare`: without its state. */
  readonly joining: (isBare?: boolean) => AwarenessState
  readonly entered: (recovered: boolean) => void
  readonly out: () => void
  readonly ended: (error: MillraceError) => void
  readonly changed: () => void
  /** The client id may be another's: takes a new one. */
  readonly renew: () => void
}

/** A membership that lasted so long, ms, is no failed attempt. */
const heldMs = 10_000

/** Keeps a document's room joined from `connect` to `leave`. Who was removed joins again: it may be another permission that awaits it. */
export class StayIn {
  readonly #room: DocumentRoom
  readonly #clock: Clock
  readonly #random: Random
  readonly #stay: Stay
  #offs: readonly Off[] = []
  #timer: Cancel | undefined
  #status: ProviderStatus = 'disconnected'
  /** Counts calls of `leave`; answers to joins of before are nobody's. */
  #era = 0
  #failures = 0
  #enteredAt = 0
  #isRenewed = false

  constructor(room: DocumentRoom, clock: Clock, random: Random, stay: Stay) {
    this.#room = room
    this.#clock = clock
    this.#random = random
    this.#stay = stay
  }

  get status(): ProviderStatus {
    return this.#status
  }

  connect(): void {
    if (this.#status !== 'disconnected') return
    this.#failures = 0
    this.#offs = [
      this.#room.on('joined', ({ recovered }) => this.#entered(recovered)),
      this.#room.on('kicked', () => this.#again(0)),
      this.#room.on('!out', () => {
        if (this.#status === 'connected') this.#out('lost')
      }),
    ]
    this.#move('connect')
    this.#join()
  }

  leave(): void {
    if (this.#status === 'disconnected') return
    this.#end()
    // Its answer says no more than that the server knows.
    void this.#room.leave()
  }

  #join(presence = this.#stay.joining()): void {
    const era = this.#era
    this.#room.join({ presence }).then(
      () => {
        if (era === this.#era) this.#entered(false)
      },
      (error: MillraceError) => {
        if (era === this.#era) this.#refused(error, presence)
      },
    )
  }

  #entered(recovered: boolean): void {
    this.#enteredAt = this.#clock.monotonic()
    this.#isRenewed = false
    this.#move('joined')
    this.#stay.entered(recovered)
  }

  #refused(error: MillraceError, { state }: AwarenessState): void {
    const mayPass = error.rule.retry === 'backoff' || error.code === 'INTERNAL'
    if (mayPass && error.code !== 'DISCONNECTED') return this.#again(error.retryAfterMs ?? 0)
    // A cursor that the contract does not take is told, and refused, once more when the room is joined.
    if (error.code === 'INVALID_INPUT' && state !== null) return this.#join(this.#stay.joining(true))
    if (error.code === 'FORBIDDEN' && !this.#isRenewed) {
      // It may be the client id that is another's; nobody else can tell.
      this.#isRenewed = true
      this.#stay.renew()
      return this.#join()
    }
    this.#end()
    this.#stay.ended(error)
  }

  #again(leastMs: number): void {
    if (this.#status === 'connected' && this.#clock.monotonic() - this.#enteredAt > heldMs) this.#failures = 0
    this.#out('lost')
    this.#failures += 1
    this.#timer = this.#clock.after(retryDelayMs(this.#failures, this.#random, leastMs), () => this.#join())
  }

  #out(event: ProviderEvent): void {
    this.#move(event)
    this.#stay.out()
  }

  #end(): void {
    this.#era += 1
    this.#timer?.()
    for (const off of this.#offs) off()
    this.#out('ended')
  }

  #move(event: ProviderEvent): void {
    this.#status = transition(this.#status, event)
    this.#stay.changed()
  }
}
